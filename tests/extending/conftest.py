"""What an example registers is gone again when its tests are over."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from recexplainer_core.registry import Registry


@pytest.fixture(scope="module")
def register() -> Iterator[Callable[[Registry[Any], str, str], None]]:
    """Register a component, by name and place, until the module's tests are over."""
    with pytest.MonkeyPatch.context() as patch:

        def add(registry: Registry[Any], name: str, place: str) -> None:
            patch.setattr(registry, "_components", dict(registry._components))
            registry.register(name, place)

        yield add
