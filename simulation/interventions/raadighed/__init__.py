"""Rådighed: checks that ledige are available for work."""
