"""The carts of customers, shared by the web shop and the tills."""
