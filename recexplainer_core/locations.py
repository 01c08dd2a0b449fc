"""Where the app and what is shipped with it lie: beside the package in a checkout, inside it once it is installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = (_PACKAGE / "shipped").is_dir()

SHIPPED = _PACKAGE / "shipped" if _INSTALLED else _PACKAGE.parent
"""Folder of app.py, pages and assets; nothing is written here by an installed program."""
ASSETS = SHIPPED / "assets"
"""Folder of the film table, the logo and the demo bundle."""
HOME = Path.cwd() if _INSTALLED else SHIPPED
"""Folder in which `bundles` and `ratings` are looked for unless they are named."""
APP_COMMAND = "recexplainer app" if _INSTALLED else "streamlit run app.py --"
"""What a person types to start the app; its options follow."""
