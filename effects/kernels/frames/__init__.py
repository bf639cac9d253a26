"""Arithmetic of the effects in catalogue/frames.py, known by that shelf alone."""
