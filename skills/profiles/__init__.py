"""The people of the household: names, allergies, favourites, and the child's rules."""
