"""The orders of the hub: placed, paid, refunded, followed."""
