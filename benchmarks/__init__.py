"""Measurements; each prints one table, against a baseline in the same run."""
