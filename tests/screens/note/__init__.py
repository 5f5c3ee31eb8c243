"""Tests of the screen: what a customer says about a product."""
