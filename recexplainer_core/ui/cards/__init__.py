"""The parts of a page, one per file."""
