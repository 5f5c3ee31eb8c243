"""Tests of sync.hub."""
