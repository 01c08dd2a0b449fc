"""The screen on which data become a bundle."""
