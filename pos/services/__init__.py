"""Acts at the counter: one file each, one transaction each."""
