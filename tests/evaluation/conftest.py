"""The tiny language model of the surrogate's tests."""

from tests.surrogate.conftest import engine, llm_folder, lm

__all__ = ["engine", "llm_folder", "lm"]
