"""Taking back what was bought, in whatever shop or channel."""
