"""Frozen values that every room speaks: ranges, cells, kinds, recipes, runs. Imports nothing of ours."""
