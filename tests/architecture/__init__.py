"""Tests of how the project is put together."""
