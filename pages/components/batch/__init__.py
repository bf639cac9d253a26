"""Many photos at once: the roll they lie on, its contact sheet, the work on it, and its zip."""
