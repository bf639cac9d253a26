"""Masks: where in a picture a step counts, and how much; strength as a map."""
