"""A stack drawn by the visitor's graphics card: its program, what moves it, and the one drawer of all pages."""
