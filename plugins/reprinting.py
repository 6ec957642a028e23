"""The HTML of a body, made right for another page than its own: links, places, levels of headings.

A body's HTML is right at its document's address (`plugins.reading.Body`). Where several stand on
one page their ids must not meet, and their headings stand below a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from posixpath import normpath
from urllib.parse import unquote, urljoin

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|id|for|headers|aria-[a-z]+by)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_PICTURE = re.compile(r"<img\b[^>]*?\bsrc=\"([^\"]*)\"", re.IGNORECASE)
_LEAST = 6
"""The lowest level of headings."""


def placed(html: str, prefix: str, at: str, on: str, *, below: int = 1) -> str:
    """A body of the page `at` as part of the page `on`, both addresses from the site's root.

    `prefix` goes before all ids; headings go down by `below` levels. What leads to
    places of the body itself leads there still.
    """

    def tag(found: re.Match[str]) -> str:
        slash, name, rest = found.groups()
        if re.fullmatch(r"h[1-6]", name):
            name = f"h{min(int(name[1]) + below, _LEAST)}"
        return f"<{slash}{name}{_ATTRIBUTE.sub(attribute, rest)}>"

    def attribute(found: re.Match[str]) -> str:
        key, value = found.groups()
        if key in {"href", "src"}:
            return f'{key}="{_address(value, prefix, at, on)}"'
        names = " ".join(prefix + name for name in value.split())
        return f'{key}="{names}"'

    return _TAG.sub(tag, html)


def _address(value: str, prefix: str, at: str, on: str) -> str:
    if value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    if not value or _ELSEWHERE.match(value):
        return value
    path, hash_, anchor = value.partition("#")
    rooted = normpath(f"{at}{path}")
    slash = "/" if path.endswith("/") else ""
    return "../" * on.count("/") + rooted + slash + hash_ + anchor


def pictures_in(page: str, address: str) -> Iterator[str]:
    """The absolute address of every picture that a page at `address` shows."""
    yield from dict.fromkeys(
        unquote(urljoin(address, unescape(source))) for source in _PICTURE.findall(page)
    )
