"""How hub and tills stay one: epochs, copies of a till, digests, facts given back."""
