"""The camera of a still photo, and the words for one that does not come."""
