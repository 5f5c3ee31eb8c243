"""The till: domain, services, store, receipts and the window the cashier works in."""
