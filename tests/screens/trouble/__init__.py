"""Tests of the screen: trouble."""
