"""One card payment, from the request to a known outcome."""
