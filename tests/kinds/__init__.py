"""Tests of the kinds of scenario, a module each."""
