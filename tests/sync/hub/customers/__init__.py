"""Customers at the hub."""
