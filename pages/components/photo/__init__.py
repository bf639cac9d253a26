"""The photo one works on and the ways it comes in."""
