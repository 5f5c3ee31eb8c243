"""The domain of the shop, without files, clock or windows."""
