"""Deciding under uncertainty, on arrays of draws alone: what pays, how sure that is, and what knowing more is worth."""
