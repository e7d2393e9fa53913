"""Music from the user's own folders, and sounds made here."""
