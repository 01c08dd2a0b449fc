"""Sentences with slots and alternatives, for each voice."""
