"""What the till says when its disk fails it."""
