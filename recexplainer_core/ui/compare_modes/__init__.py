"""The screen "Compare modes"."""
