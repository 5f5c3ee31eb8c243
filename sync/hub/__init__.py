"""The hub: one ledger of what happened in every shop, one catalogue for their tills."""
