"""From file to facts: a scenario file read with its places, checked, and turned into a scenario."""
