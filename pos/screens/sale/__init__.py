"""The ticket and everything that is done to it."""
