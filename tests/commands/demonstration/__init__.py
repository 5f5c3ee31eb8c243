"""The demonstration shop and its played day."""
