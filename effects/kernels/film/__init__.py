"""Arithmetic of the effects in catalogue/film.py, known by that shelf alone."""
