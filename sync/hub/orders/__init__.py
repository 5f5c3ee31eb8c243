"""Orders that customers collect: placed, prepared, ready, handed over, paid and refunded."""
