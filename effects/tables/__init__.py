"""Colour tables: what they are, the files they come in, and looking colours up in them."""
