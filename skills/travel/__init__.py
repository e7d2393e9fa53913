"""Travel tips from data: places, seasons, packing, phrases."""
