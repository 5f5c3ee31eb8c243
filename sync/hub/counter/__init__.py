"""What a till asks while a customer waits: claims, parked tickets, receipts, approvals."""
