"""Arithmetic of the effects in catalogue/tone.py, known by that shelf alone."""
