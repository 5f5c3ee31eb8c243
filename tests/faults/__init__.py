"""Rigs that break things on purpose while a shop works, and say what did not hold."""
