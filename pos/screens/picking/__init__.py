"""Fetching what orders hold, verified piece by piece."""
