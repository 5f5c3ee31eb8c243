"""What came back: purchases of every channel, their returns, and who may take back more."""
