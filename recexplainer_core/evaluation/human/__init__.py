"""Ratings of rationales by people."""
