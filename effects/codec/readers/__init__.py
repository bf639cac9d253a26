"""One reader for each format: from its bytes to the pixels as stored, and what the file says about them."""
