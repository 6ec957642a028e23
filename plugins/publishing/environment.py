"""The Jinja environment: what templates may call, and nothing they may guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.utils import Namespace
from markupsafe import Markup

from plugins.presenting import written_day

THEME_FOLDER = "theme"
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//")
_KIB = 1024
_PHRASE = re.compile(
    r"(?<=关于印发)|(?<=关于)(?!印发)|(?<=.)(?=关于)|(?<=\d{4}年)|(?<=[^\d“（])(?=\d{4}年)|(?<=》)(?=的)|(?<=.)(?=[《（])"
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
        environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    environment.auto_reload = False
    environment.undefined = StrictUndefined
    environment.autoescape = True
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.globals = {
        "url": _url(base_path),
        "asset": _asset(base_path),
        "range": range,
        "namespace": Namespace,
    }
    environment.filters.update(
        day=written_day, iso=iso, moment=moment, filesize=filesize, breakable=breakable
    )
    return environment


def relative(page_url: str, target: str) -> str:
    """The way from one page of the site to another; both count from the site's root."""
    return "../" * page_url.count("/") + target or "./"


def _url(base_path: str) -> Callable[[Context, str], str]:
    @pass_context
    def url(context: Context, target: str) -> str:
        if _ELSEWHERE.match(target):
            return target
        page_url: str = context["page"].url
        return base_path + target if page_url == "404.html" else relative(page_url, target)

    return url


def _asset(base_path: str) -> Callable[[Context, str], str]:
    url: Callable[..., str] = _url(base_path)

    @pass_context
    def asset(context: Context, name: str) -> str:
        return url(context, f"{THEME_FOLDER}/{name}")

    return asset


def iso(value: date) -> str:
    """A value for <time datetime>; moments are Beijing time."""
    return f"{value:%Y-%m-%dT%H:%M}+08:00" if isinstance(value, datetime) else value.isoformat()


def moment(value: datetime) -> str:
    """2021-07-15 09:30, as government sites show 发布时间."""
    return f"{value:%Y-%m-%d %H:%M}"


def filesize(size: int) -> str:
    """386 KB, 2.4 MB."""
    if size < _KIB * _KIB:
        return f"{max(1, round(size / _KIB))} KB"
    return f"{size / _KIB / _KIB:.1f} MB"


def breakable(title: str) -> Markup:
    """A title with <wbr> where a phrase begins, so that it breaks by sense on narrow screens."""
    return Markup("<wbr>").join(_PHRASE.split(title))
