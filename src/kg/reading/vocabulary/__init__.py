"""The tables of words as the steps use them: places, names, units, turns of phrase, the cutting into words."""
