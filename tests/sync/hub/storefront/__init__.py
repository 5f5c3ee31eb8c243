"""Tests of sync.hub.storefront."""
