"""Reminders: things to be told at a moment, until they are heeded."""
