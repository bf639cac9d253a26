"""Looks of one's own, kept in the browser."""
