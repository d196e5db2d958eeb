"""Benchmarks: how fast the product is against what one would use instead.

They are ratios, taken side by side, and nothing here fails because a clock was slow.
Run all of them with `python -m tests.benchmarks`; it writes docs/benchmarks.md.
"""
