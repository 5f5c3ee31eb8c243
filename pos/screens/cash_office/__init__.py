"""Cash that moves without a sale, and the figures of the shift."""
