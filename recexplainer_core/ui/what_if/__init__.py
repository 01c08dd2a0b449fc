"""The screen "What if"."""
