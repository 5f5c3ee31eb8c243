"""What is on a gift card or a credit note, and paying with it."""
