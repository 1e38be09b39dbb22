"""Temporary work by way of bureaus."""
