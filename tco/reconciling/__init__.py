"""Reconciling: what a reader changed in a workbook goes back into the scenario's file."""
