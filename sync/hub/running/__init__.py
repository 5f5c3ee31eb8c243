"""How the hub is while it runs: its figures, its state, what it forgets."""
