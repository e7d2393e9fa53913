"""An offline smart speaker."""

__version__ = "0.1.0"
