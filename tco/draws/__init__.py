"""Draws: numbers drawn over ranges, and what many results of them say. It knows no model.

Everything is + - * / and square roots of IEEE 754, sums are rounded once, and the generator's own
bits are read: so the same seed gives the same bytes on every processor and with every numpy.
"""
