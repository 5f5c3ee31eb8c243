"""The receipts screen or panel, used by a person."""
