"""Tests of sync.wire."""
