"""Screens: a view model (QtCore only) and a view (widgets) in a folder each."""
