"""A cook beside you, hands free: the cookbook, finding, cooking sessions, cards and plans."""
