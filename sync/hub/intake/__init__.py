"""How facts come in: checked, stored in sequence, given their effect, tried again."""
