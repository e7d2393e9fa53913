"""Questions about the assistant itself, answered from what really happened."""
