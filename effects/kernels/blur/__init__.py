"""Arithmetic of the effects in catalogue/blur.py, known by that shelf alone."""
