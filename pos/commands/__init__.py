"""`mostrador …`: a file per command; with pos.app the composition roots."""
