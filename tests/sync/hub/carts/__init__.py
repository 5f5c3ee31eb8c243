"""Carts at the hub."""
