"""The queue of orders to collect on the screen."""
