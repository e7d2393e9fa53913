"""Alarms that ring at a time of day, once or again and again."""
