"""The queue of orders to collect."""
