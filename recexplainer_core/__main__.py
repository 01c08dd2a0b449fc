"""`python -m recexplainer_core`."""

from recexplainer_core.cli import main

if __name__ == "__main__":
    main()
