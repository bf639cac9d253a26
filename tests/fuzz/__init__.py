"""Broken files made by chance out of whole ones: whatever comes in, a result or one sentence comes out, soon."""
