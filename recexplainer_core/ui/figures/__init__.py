"""One figure per file: a pure function from data to a plotly figure."""
