"""Mutations: what a careless change would do, each of which a named test must catch."""
