"""What the office keeps in lists beside the documents: addresses that moved, where to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from plugins.problems import Mark


class Gone(StrEnum):
    """Why a page may be taken down."""

    WITHDRAWN = "撤回"
    MERGED = "合并"
    MISTAKEN = "错误"


GONE = tuple(gone.value for gone in Gone)
CHANNELS = (
    "政务服务热线",
    "实体服务大厅",
    "政府网站",
    "公共查阅点",
    "公告栏",
    "电子信息屏",
    "宣传册",
    "宣讲会",
)
"""Where policies are explained (区2021年工作要点 四（三）)."""


class Redirect(NamedTuple):
    """What became of an address that was published; addresses count from the site's root.

    Without `gone` the content moved to `target`. With it, it was taken down; `target` may then say
    where to look instead.
    """

    source: str
    target: str
    gone: str
    day: date
    note: str
    mark: Mark = Mark()
    target_mark: Mark = Mark()


class Online(NamedTuple):
    """An online form, a message board or a mail address."""

    label: str
    url: str


class Channel(NamedTuple):
    """One of the ways in which policies are explained: where it is, and when."""

    kind: str
    where: str
    hours: str = ""
    url: str = ""


class Window(NamedTuple):
    """政策咨询综合服务窗口: one number to call (一号答), one place to go (一站式)."""

    hotline: str
    hotline_hours: str
    hall: str
    address: str
    window: str
    hours: str
    phone: str
    online: tuple[Online, ...]
    channels: tuple[Channel, ...]
    note: str = ""


class Office(NamedTuple):
    """All of them; `addresses` is the text of the list of all addresses ever published."""

    redirects: tuple[Redirect, ...] = ()
    addresses: str = ""
    window: Window | None = None
    releases: tuple[str, str] = ("", "")
    """The texts of releases.csv and released.csv."""


NO_LISTS = Office()


def listed(addresses: str) -> Iterator[tuple[int, str]]:
    """Line and address of every entry of the list of published addresses."""
    for number, line in enumerate(addresses.split("\n"), 1):
        if line and not line.startswith("#"):
            yield number, line


def released_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row of releases.csv or released.csv, below the heads."""
    for number, line in enumerate(text.split("\n"), 1):
        if line and number > 1:
            yield number, line.split(",")
