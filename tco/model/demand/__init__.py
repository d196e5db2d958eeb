"""Demand: where the compute comes from, one module for each kind of scenario.

Each ends in the same few lines (`flop`, the deadline), so that nothing downstream knows the kind.
"""
