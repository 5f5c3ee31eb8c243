"""Acts at the counter, on the real store."""
