"""What people must look at and decide: the conflict desk and what watches for it."""
