"""How much waits for the hub, what went wrong, what was agreed, what is kept safe."""
