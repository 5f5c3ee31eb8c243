"""The conflict desk: what happened, how much money, the ways out that are safe."""
