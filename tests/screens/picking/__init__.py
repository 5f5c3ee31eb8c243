"""Fetching what orders hold, on the screen."""
