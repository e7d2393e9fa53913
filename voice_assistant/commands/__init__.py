"""What each command of the command line does; `cli.py` reads the words and calls them.

Beside `cli.py` these are the only files that may use the composition root.
"""
