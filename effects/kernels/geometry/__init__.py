"""Arithmetic of the effects in catalogue/geometry.py, known by that shelf alone."""
