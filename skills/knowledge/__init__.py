"""Questions about the world and the household's own notes."""
