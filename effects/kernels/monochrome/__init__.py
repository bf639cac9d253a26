"""Arithmetic of the effects in catalogue/monochrome.py, known by that shelf alone."""
