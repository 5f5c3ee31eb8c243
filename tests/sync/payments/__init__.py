"""Tests of sync.payments."""
