"""The page Video: one file comes in, its frames are looked at with the stack on them, and a new file is made of it."""
