"""Handing an order over at the counter."""
