"""Effects and looks found by eye, on tiles of one's own photo."""
