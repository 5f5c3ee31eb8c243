"""Tests of the widgets of the till."""
