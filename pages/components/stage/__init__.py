"""The picture one works on by hand: its place, what lies over it, and what is dragged on it."""
