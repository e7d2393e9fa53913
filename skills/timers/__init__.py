"""Several named timers: set, ask, pause, change, ring."""
