"""Time and date anywhere, the sun and the moon, holidays, and the Chinese calendar."""
