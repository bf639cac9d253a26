"""Arithmetic of the effects in catalogue/stylize.py, known by that shelf alone."""
