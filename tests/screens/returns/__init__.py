"""Tests of pos.screens.returns."""
