"""The index of a library without a site around it, open in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plugins.library import Library
from plugins.search.bundle import bundle
from plugins.settings import Settings
from tests.county import ROOT
from tests.search.served import HOST, files, open_context

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STATIC = ROOT / "themes" / "gongkai" / "static"
SCRIPTS = ("vendor/lunr.min.js", "standalone/search-engine.js")
T = TypeVar("T")


@dataclass(frozen=True)
class EmptyShelf:
    """Keeps nothing from one time to the next but the bundle's own file."""

    file: Path
    library: Library
    settings: Settings
    stamp: bytes = b"tests"

    def derive(self, name: str, make: Callable[..., T], *arguments: object) -> T:  # noqa: ARG002
        """The call, made now."""
        return make(self.library, self.settings, *arguments)


def made(library: Library, settings: Settings, folder: Path) -> dict[str, bytes]:
    """All files of the index, where the browser looks for them."""
    shelf = EmptyShelf(folder / "shelf", library, settings)
    found = bundle(library, settings, shelf)
    return {f"search/{name}": sealed.read() for name, sealed in found.items()}


def open_engine(chromium: Browser, given: Mapping[str, bytes]) -> Page:
    """A page in which `engine` is the index that these files hold, if they hold one.

    A script among them stands for that of its name.
    """
    scripts = {name: (STATIC / name).read_bytes() for name in SCRIPTS}
    page = open_context(chromium, files({**scripts, **given})).new_page()
    page.goto(f"{HOST}/")
    for name in SCRIPTS:
        page.add_script_tag(url=f"{HOST}/{name}")
    if given:
        opened = f"searchEngine.open('{HOST}/search/', lunr)"
        page.evaluate(f"{opened}.then((found) => {{ window.engine = found; }})")
    return page
