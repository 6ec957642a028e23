"""The Jinja environment: what templates may call, and nothing they may guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from jinja2.utils import Namespace
from markupsafe import Markup

from plugins.presenting import written_day, written_moment
from plugins.views import Head, Site

THEME_FOLDER = "theme"
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//")
_KIB = 1024
_PHRASE = re.compile(
    r"(?<=关于印发)|(?<=关于)(?!印发)|(?<=.)(?=关于)|(?<=\d{4}年)(?!度)|(?<=[^\d“（])(?=\d{4}年)|(?<=》)(?=的)|(?<=.)(?=[《（])"
    r"|(?<=.)(?=管理办法|实施方案|实施细则|工作要点|工作方案|实施意见|若干措施|暂行办法|总体规划)"
)


def standalone(templates: Path, base_path: str = "/", compiled: Path | None = None) -> Environment:
    """An environment over one templates folder, for tests and tools that run without Pelican."""
    loader = FileSystemLoader(templates)
    return equip(Environment(loader=loader, autoescape=True), base_path, compiled)


def equip(environment: Environment, base_path: str, compiled: Path | None = None) -> Environment:
    """Give an environment our filters and functions, and make it strict.

    `base_path` is the site's path with slashes at both ends; only 404.html needs it, for it is
    shown at addresses of any depth. All other links are relative. `compiled` is a folder for
    compiled templates, which one build leaves for the next.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = _Compiled(str(compiled))
    environment.auto_reload = False
    environment.cache = {}  # there are a few dozen templates: all are kept, none is looked for
    environment.undefined = StrictUndefined
    environment.autoescape = True
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    place = _Place(base_path)
    environment.globals = {
        "place": place,
        "url": place.url,
        "asset": place.asset,
        "kept": place.kept,
        "range": range,
        "namespace": Namespace,
    }
    # Jinja chains dictionaries for each template, and asks all of them at each import: a page has
    # dozens. Ours never change once they are set, so that one dictionary does.
    environment.make_globals = lambda given: {**environment.globals, **(given or {})}  # type: ignore[method-assign, assignment]
    environment.filters.update(
        day=written_day,
        iso=iso,
        moment=written_moment,
        filesize=filesize,
        breakable=breakable,
        phrases=phrases,
    )
    return environment


def begin(environment: Environment) -> None:
    """A new build: what pages of the last one shared is let go of."""
    place: _Place = environment.globals["place"]  # type: ignore[assignment]  # `equip` put it there
    place.forget()


def render(
    environment: Environment, template: str, site: Site, head: Head, inputs: Mapping[str, object]
) -> str:
    """One page as HTML."""
    place: _Place = environment.globals["place"]  # type: ignore[assignment]  # `equip` put it there
    place.move_to(head.url)
    return environment.get_template(template).render(site=site, page=head, **inputs)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates; a damaged one is compiled again, in whatever way it is damaged."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what was kept, if it can be."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001  # unpickling damage may raise anything
            bucket.reset()


class _Place:
    """Where the page that is being rendered stands: all that links depend on.

    Components are imported without context: what they show follows from their arguments and from
    the way up to the site's root, which is the same for all pages of one depth.
    """

    def __init__(self, base_path: str) -> None:
        self._base_path = base_path
        self._up = ""
        self._kept: dict[tuple[object, ...], Markup] = {}

    def move_to(self, page_url: str) -> None:
        """Links are now those of this page; 404.html is shown at addresses of any depth."""
        self._up = self._base_path if page_url == "404.html" else "../" * page_url.count("/")

    def forget(self) -> None:
        """Let go of all components that were kept."""
        self._kept.clear()

    def url(self, target: str) -> str:
        """A link to an address that counts from the site's root, or that lies elsewhere."""
        return target if _ELSEWHERE.match(target) else self._up + target or "./"

    def asset(self, name: str) -> str:
        """A link to one of the theme's files."""
        return f"{self._up}{THEME_FOLDER}/{name}"

    def kept(self, macro: Macro, *arguments: object) -> Markup:
        """What a component shows, rendered once for all pages of one depth."""
        asked = (macro, self._up, *arguments)
        if asked not in self._kept:
            self._kept[asked] = Markup(macro(*arguments))  # noqa: S704  # escaped by its template
        return self._kept[asked]


def iso(value: date) -> str:
    """A value for <time datetime>; moments are Beijing time."""
    return f"{value:%Y-%m-%dT%H:%M}+08:00" if isinstance(value, datetime) else value.isoformat()


def filesize(size: int) -> str:
    """386 KB, 2.4 MB."""
    if size < _KIB * _KIB:
        return f"{max(1, round(size / _KIB))} KB"
    return f"{size / _KIB / _KIB:.1f} MB"


def phrases(title: str) -> Markup:
    """A title on paper: each phrase in a box of its own, so that lines break between them."""
    box = Markup('<span class="phrase">{}</span>')
    return Markup("").join(map(box.format, _PHRASE.split(title)))


@lru_cache(maxsize=1024)
def breakable(title: str) -> Markup:
    """A title with <wbr> where a phrase begins, so that it breaks by sense on narrow screens."""
    return Markup("<wbr>").join(_PHRASE.split(title))
