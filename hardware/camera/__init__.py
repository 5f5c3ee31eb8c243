"""The camera as a barcode scanner: capture, decoding, agreement between frames."""
