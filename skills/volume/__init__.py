"""Louder and softer, for speech, music and alarms."""
