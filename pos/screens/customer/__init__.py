"""Customers at the counter: found, made, on the ticket, at one glance."""
