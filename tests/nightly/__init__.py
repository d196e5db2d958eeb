"""Slow proofs by programs that are not ours: run by `.ci/nightly`, before a release."""
