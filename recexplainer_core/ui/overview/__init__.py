"""The screen "Overview"."""
