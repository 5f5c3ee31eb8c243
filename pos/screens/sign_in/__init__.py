"""Who works here, proved by PIN or badge."""
