"""Commands of the command line, as a person runs them."""
