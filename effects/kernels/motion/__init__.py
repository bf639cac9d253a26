"""Arithmetic of the effects in catalogue/motion.py, known by that shelf alone."""
