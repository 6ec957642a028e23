"""What bundles keep from one build to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from plugins.library import Library
from plugins.memory import Derivations, code_digest
from plugins.settings import Settings
from plugins.views import digest_of

T = TypeVar("T")


class BundleShelf:
    """The shelf of one bundle, for one build."""

    def __init__(
        self,
        folder: Path,
        bundle: str,
        derivations: Derivations,
        library: Library,
        settings: Settings,
    ) -> None:
        """`folder` holds the shelves of one output folder; `bundle` is the bundle's path."""
        self.file = folder / f"{bundle.strip('/').replace('/', '-')}.sqlite"
        self._bundle = bundle
        self._derivations = derivations
        self._library, self._settings = library, settings

    @cached_property
    def stamp(self) -> bytes:
        """What tells one version of our code from another."""
        return code_digest()

    def derive(self, name: str, make: Callable[..., T], *arguments: object) -> T:
        """The kept result of a call, or else the call made now."""
        asked = digest_of((make.__module__, make.__qualname__, arguments))
        work = partial(make, self._library, self._settings, *arguments)
        return self._derivations.derive(f"{on_shelf(self._bundle)}{name}", work, asked)


def on_shelf(bundle: str) -> str:
    """How the names of all results begin that a bundle has derived."""
    return f"shelf {bundle} "
