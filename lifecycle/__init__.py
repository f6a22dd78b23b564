"""Headwaters: an interactive explorer of the data lifecycle."""
