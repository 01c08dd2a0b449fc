"""What the pages show: the only package that imports streamlit."""
