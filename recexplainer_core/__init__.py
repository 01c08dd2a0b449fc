"""RecExplainer Explorer: what a recommender suggests, what an aligned language model predicts, and why."""

__version__ = "0.1.0"
