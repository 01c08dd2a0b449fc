"""Where files lie: what is shipped (beside the package in a checkout, inside it once installed), and the cache."""

import os
from pathlib import Path

from platformdirs import user_cache_dir

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
CACHE_VARIABLE = "RECEXPLAINER_CACHE"
"""Environment variable that names another folder for the cache."""


def cache_folder() -> Path:
    """Return the folder for what is fetched or converted once: the system's, or that of `$RECEXPLAINER_CACHE`.

    On Linux the system's is `$XDG_CACHE_HOME/recexplainer`, or `~/.cache/recexplainer`.
    """
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).absolute() if named else Path(user_cache_dir("recexplainer", appauthor=False))
