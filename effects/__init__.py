"""Photo and video effects, each written once: see the names below, and `python -m effects list`."""
