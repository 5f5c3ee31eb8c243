"""What a shop's tills, agents and hub tell each other, and the programs that do it."""
