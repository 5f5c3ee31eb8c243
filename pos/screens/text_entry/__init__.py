"""A line of text, typed or touched: notes, labels, other reasons."""
