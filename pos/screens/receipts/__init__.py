"""Recorded sales, their receipts, and what the printer did not print."""
