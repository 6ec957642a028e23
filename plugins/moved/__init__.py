"""移走和撤下: a page at every address that was published and is no more.

A moved page sends readers on; one that was taken down says why, and whom to ask. `redirects.json`
tells a server the same, which can answer with 301 and 410 where static files cannot.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import Column, column_head, written_day
from plugins.problems import Problem
from plugins.records.office import Gone, Redirect
from plugins.settings import Settings
from plugins.views import Head, Link

DATA = "redirects.json"
_MOVED = Column("网页已移走", "", "这个网页移到了新的网址。", "概况信息")
_GONE = Column("网页已撤下", "", "这个网页已经撤下。", "概况信息")
_SAID = {
    Gone.WITHDRAWN: "发布机关已经撤回",
    Gone.MERGED: "内容已并入别的文件",
    Gone.MISTAKEN: "原来发布的内容有误",
}
_ELSEWHERE = re.compile(r"https?://")


@dataclass(frozen=True)
class MovedView:
    """Where the content went; `canonical` is the new address in full."""

    target: Link
    canonical: str
    day: str
    note: str


@dataclass(frozen=True)
class GoneView:
    """Why a page is gone, since when, and where to look or ask instead."""

    reason: str
    day: str
    note: str
    instead: Link | None
    sponsor: str
    phone: str
    hotline: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each entry of redirects.yaml, and the list for the server."""
    for redirect in library.redirects:
        template, make = ("moved/gone.html", _gone) if redirect.gone else ("moved/moved.html", _to)
        yield Page(_path(redirect.source), template, make, (redirect[:5],))
    yield File(DATA, _data)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: the library's rules look after redirects."""
    yield from ()


def _path(source: str) -> str:
    return f"{source}index.html" if source.endswith("/") else source


def _to(library: Library, settings: Settings, given: tuple[str, ...]) -> Shown:
    redirect = Redirect(*given)  # type: ignore[arg-type]  # its own first fields
    head = _head(settings, _MOVED, redirect)
    view = MovedView(
        _link(redirect.target, library),
        _full(redirect.target, settings),
        written_day(redirect.day),
        redirect.note,
    )
    return head, {"moved": view}


def _gone(library: Library, settings: Settings, given: tuple[str, ...]) -> Shown:
    redirect = Redirect(*given)  # type: ignore[arg-type]  # its own first fields
    head = _head(settings, _GONE, redirect)
    view = GoneView(
        reason=_SAID[Gone(redirect.gone)],
        day=written_day(redirect.day),
        note=redirect.note,
        instead=_link(redirect.target, library) if redirect.target else None,
        sponsor=settings.county.footer.sponsor,
        phone=settings.county.footer.phone,
        hotline=settings.county.hotline,
    )
    return head, {"gone": view}


def _head(settings: Settings, column: Column, redirect: Redirect) -> Head:
    title = f"{column.name}：{redirect.source}"
    return column_head(settings, column, title=title, url=redirect.source)


def _link(target: str, library: Library) -> Link:
    """A target with the title of its document, or as it is written."""
    document = library.get(target.partition("#")[0].removesuffix("/"))
    return Link(document.record.title if document else target, target)


def _full(target: str, settings: Settings) -> str:
    return target if _ELSEWHERE.match(target) else settings.absolute(target)


def _data(library: Library, settings: Settings) -> bytes:
    """Addresses with the site's base path, in the order of their names."""
    rows = [
        _row(redirect, settings) for redirect in sorted(library.redirects, key=lambda r: r.source)
    ]
    return (json.dumps({"redirects": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _row(redirect: Redirect, settings: Settings) -> dict[str, str | int]:
    base = settings.base_path
    row: dict[str, str | int] = {"from": base + redirect.source}
    row["status"] = 410 if redirect.gone else 301
    if not redirect.gone:
        outside = _ELSEWHERE.match(redirect.target)
        row["to"] = redirect.target if outside else base + redirect.target
    return row
