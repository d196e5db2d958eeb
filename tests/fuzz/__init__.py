"""Random and hand-picked formulas: numpy, three engines, words and units must tell one story."""
