"""Arithmetic of the effects in catalogue/art.py, known by that shelf alone."""
