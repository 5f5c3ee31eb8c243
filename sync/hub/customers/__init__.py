"""Customers at the hub: their records, finding them, what they bought, and forgetting them."""
