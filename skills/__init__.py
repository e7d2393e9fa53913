"""The skills that come with the assistant: one folder each, found by its name."""
