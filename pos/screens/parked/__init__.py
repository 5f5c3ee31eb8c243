"""Tickets that wait, to be taken up again."""
