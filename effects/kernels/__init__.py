"""Arithmetic that effects share: arrays in, arrays out, 8 or 16 bits or band by band."""
