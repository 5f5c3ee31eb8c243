"""What goes together: counted from what was sold, tried, and told to the tills."""
