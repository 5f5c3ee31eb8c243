"""The camera reads codes, and reads none that are not there."""
