"""Arithmetic of the effects in catalogue/light.py, known by that shelf alone."""
