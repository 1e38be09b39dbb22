"""Brokering of fleksjob."""
