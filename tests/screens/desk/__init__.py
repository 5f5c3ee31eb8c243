"""Tests of the screen: desk."""
