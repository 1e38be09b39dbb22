"""Talks between ledige and jobcentre."""
