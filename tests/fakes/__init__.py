"""Stand-ins for what hangs on a till."""
