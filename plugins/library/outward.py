"""Links to other sites: by name, never by a number, and only to sites that the office has listed.

A number is an address of IPv4: whoever has IPv6 only cannot go there. A listed site is one whose
name somebody has looked up; a link that was pasted without a look leads anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from plugins.library.library import Library
from plugins.problems import Mark, Problem
from plugins.reading import Document
from plugins.reading.names import CONSULT, OUTWARD, REDIRECTS, SHOWN
from plugins.records import Record
from plugins.settings import Settings

_ELSEWHERE = re.compile(r"https?://")
_NUMBER = re.compile(r"[0-9.]+|.*:.*")
"""An IPv4 address, or one of IPv6 (`urlsplit` has taken the brackets away)."""
_SETTINGS = "pelicanconf.py"


def outward_links_are_listed(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Links of a document to other sites go by name to sites of the list."""
    for link in document.body.outward:
        wrong = _wrong(link.url, library, settings)
        if wrong:
            yield Problem(document.path, link.mark, *wrong, "正文")
    for key in type(document.record).model_fields:
        value = getattr(document.record, key)
        if isinstance(value, str) and _ELSEWHERE.match(value):
            wrong = _wrong(value, library, settings)
            if wrong:
                yield document.problem((key,), *wrong)


def other_outward_links_are_listed(library: Library, settings: Settings) -> Iterator[Problem]:
    """So do those of the office's lists and of the settings."""
    for path, mark, url in (*_of_lists(library), *_of_settings(settings)):
        wrong = _wrong(url, library, settings) if _ELSEWHERE.match(url) else None
        if wrong:
            yield Problem(path, mark, *wrong)


def _of_lists(library: Library) -> Iterator[tuple[str, Mark, str]]:
    for redirect in library.redirects:
        yield f"{SHOWN}/{REDIRECTS}", redirect.target_mark, redirect.target
    window = library.window
    if window:
        for url in [*(way.url for way in window.online), *(way.url for way in window.channels)]:
            yield f"{SHOWN}/{CONSULT}", Mark(), url


def _of_settings(settings: Settings) -> Iterator[tuple[str, Mark, str]]:
    footer = settings.county.footer
    for url in (footer.error_report_url, footer.badge_url):
        yield _SETTINGS, Mark(), url


def _wrong(url: str, library: Library, settings: Settings) -> tuple[str, str] | None:
    """What is wrong with a link, and what to do."""
    host = (urlsplit(url).hostname or "").lower()
    if _NUMBER.fullmatch(host):
        return (
            f"链接“{url}”用了 IP 地址，只有 IPv6 的用户打不开",
            "改用网站的域名；没有域名的，不要链接",
        )
    if library.outward_hosts is None or host in settings.own_hosts:
        return None
    if any(listed.covers(host) for listed in library.outward_hosts):
        return None
    return (
        f"外站 {host} 不在可以链接的网站名单里",
        f"核对网址；确实要链接的，在 {SHOWN}/{OUTWARD} 加一行 - {{host: {host}, name: 网站名称}}",
    )
