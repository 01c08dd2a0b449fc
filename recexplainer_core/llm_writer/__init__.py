"""The writer of reasons that is a language model: what it is told, what it is taught with, and how it is held to it."""
