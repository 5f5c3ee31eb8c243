"""The till's database, its catalogue files, and what the agent does with them."""
