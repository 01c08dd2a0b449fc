"""The screen "Rate explanations"."""
