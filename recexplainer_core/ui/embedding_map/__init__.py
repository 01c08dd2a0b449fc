"""The screen "Embedding map"."""
