"""Tests of the theme of the till."""
