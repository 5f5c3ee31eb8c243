"""Goods that came back and pay for the ticket at the counter."""
