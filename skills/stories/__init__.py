"""Stories: planned, then told; personal, interactive, and finished every time."""
