"""Fitting of levels to published figures."""
