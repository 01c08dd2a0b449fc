"""Reasons in words that need no language model: frames for sentences, and what fills them."""
