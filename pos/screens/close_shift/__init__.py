"""The blind count and the end of the shift."""
