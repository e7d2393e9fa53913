"""The user's appointments, in ICS files that other programs can read."""
