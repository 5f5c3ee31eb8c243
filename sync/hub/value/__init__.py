"""Gift cards and store credit: what is on them, by double entry, and who takes it off."""
