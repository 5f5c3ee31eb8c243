"""Payments of online orders: what a payment provider must do, and those there are."""
