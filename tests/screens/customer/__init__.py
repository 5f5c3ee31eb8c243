"""Customers at the counter."""
