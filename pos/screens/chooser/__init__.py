"""Two products share a code: the cashier says which."""
