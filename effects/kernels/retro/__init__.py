"""Arithmetic of the effects in catalogue/retro.py, known by that shelf alone."""
