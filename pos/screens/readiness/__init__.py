"""What an outage would need, with ages: one line, or the whole list."""
