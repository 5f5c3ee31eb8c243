"""Beginning a shift with its float."""
