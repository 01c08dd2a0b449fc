"""Targets that were trained elsewhere: read from files that are never executed, or run as ONNX."""
