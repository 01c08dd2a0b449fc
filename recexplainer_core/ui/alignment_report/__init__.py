"""The screen "Alignment report"."""
