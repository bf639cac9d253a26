"""What stands around every page, and what is there before it."""
