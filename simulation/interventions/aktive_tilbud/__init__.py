"""Offers of so many hours a week, put together of several."""
