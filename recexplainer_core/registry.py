"""Named components that can be added without touching the code that uses them."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from importlib.metadata import entry_points
from typing import Generic, TypeVar, cast

from recexplainer_core.errors import UnknownNameError

Component = TypeVar("Component")


class Registry(Generic[Component]):
    """Components by name, in the order in which they were registered.

    A component is registered as an object, or as "module:attribute", which is imported when it is first asked for, so
    that a registry may name what lies above it. Installed packages add theirs through an entry point group.

    Args:
        kind: what the components are, in the words of an error message: "data reader".
        group: entry point group that is searched for further components; none unless given.
    """

    def __init__(self, kind: str, group: str | None = None) -> None:
        self.kind, self.group = kind, group
        self._components: dict[str, Component | str] = {}

    def register(self, name: str, component: Component | str) -> None:
        """Add a component.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._components:
            raise ValueError(f"There already is a {self.kind} named {name!r}.")
        self._components[name] = component

    def __contains__(self, name: object) -> bool:
        return name in self._components or name in self._installed

    def names(self) -> list[str]:
        """Return the names of all components, those of installed packages last."""
        return list(dict.fromkeys([*self._components, *self._installed]))

    def get(self, name: str) -> Component:
        """Return a component.

        Raises:
            UnknownNameError: nothing is registered under this name, or what is cannot be imported.
        """
        component = self._components[name] if name in self._components else self._installed.get(name)
        if component is None:
            raise UnknownNameError(
                f"There is no {self.kind} {name!r}. The choices are {', '.join(self.names())}."
            )
        if isinstance(component, str):
            module, _, attribute = component.partition(":")
            try:
                component = cast("Component", getattr(import_module(module), attribute))
            except (ImportError, AttributeError) as fault:
                raise UnknownNameError(
                    f"The {self.kind} {name!r} is registered as {module}:{attribute}, which cannot be imported "
                    f"({fault}). Correct the registration, or remove the package it comes from."
                ) from fault
            self._components[name] = component
        return component

    def items(self) -> list[tuple[str, Component]]:
        """Return all components with their names."""
        return [(name, self.get(name)) for name in self.names()]

    @cached_property
    def _installed(self) -> dict[str, str]:
        return {point.name: point.value for point in entry_points(group=self.group)} if self.group else {}
