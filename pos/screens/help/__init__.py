"""The keys of the sale screen and who to ask."""
