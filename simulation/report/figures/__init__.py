"""Figures of a run, with captions."""
