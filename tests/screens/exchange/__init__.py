"""Tests of pos.screens.exchange."""
