"""The catalogue of models; what is downloaded lands beside it and stays out of git."""
