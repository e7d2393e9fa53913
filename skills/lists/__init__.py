"""Lists and notes as plain Markdown files that other programs can read."""
