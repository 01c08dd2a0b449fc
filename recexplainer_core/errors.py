"""Errors whose message is written for the person who reads it: what is wrong, where, and what to do next."""

from __future__ import annotations

from pathlib import Path


class RecExplainerError(Exception):
    """Base of every error that reaches the screen as a message; anything else is a bug."""


class DataError(RecExplainerError):
    """An input file or folder cannot be read as the format it should have."""

    def __init__(self, path: Path | str, fault: str, remedy: str, line: int | None = None) -> None:
        super().__init__(path, fault, remedy, line)  # with which another process makes it again

    def __str__(self) -> str:
        path, fault, remedy, line = self.args
        return f"{path}: {fault} {remedy}" if line is None else f"{path}, line {line}: {fault} {remedy}"


class BundleError(RecExplainerError):
    """A bundle is missing, damaged, or of another version."""


class ModelError(RecExplainerError):
    """A recommender or language model cannot be used the way that was asked."""


class MissingPackageError(RecExplainerError):
    """Something that is in order needs a Python package that is not installed."""


class UnknownNameError(RecExplainerError):
    """A user, item, mode or title that the bundle does not have."""


class BusyError(RecExplainerError):
    """The model is answering others and the wait for it has reached its bound."""
