"""Tests of sync.agent."""
