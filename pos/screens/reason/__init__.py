"""An act that wants a reason: cancelling a ticket, opening the drawer."""
