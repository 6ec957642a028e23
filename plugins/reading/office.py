"""The office's lists: redirects.yaml, addresses.txt and consult.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from plugins.problems import Mark, Problem
from plugins.reading.data import Places, Row, nearest, read_rows, told
from plugins.reading.decoding import decode
from plugins.reading.front_matter import mapping
from plugins.reading.names import ADDRESSES, CONSULT, REDIRECTS, RELEASED, RELEASES, SHOWN
from plugins.records.fields import Day, Text, choices_advice, fault
from plugins.records.office import (
    CHANNELS,
    GONE,
    Channel,
    Office,
    Online,
    Redirect,
    Window,
    listed,
    released_rows,
)

_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
ADDRESS = re.compile(rf"(?:{_SEGMENT}/)+|(?:{_SEGMENT}/)*{_SEGMENT}\.html?")
"""An address of a page of this site: a folder with its slash, or an HTML file."""
_ABSOLUTE = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_LONGEST = 8_000_000
"""Characters: a portal that moved may bring tens of thousands of addresses."""


def _address(value: str) -> str:
    bare = value.removeprefix("/")
    if "/" in bare and not bare.endswith(("/", ".html", ".htm")) and "." not in bare:
        raise fault(f"网址“{value}”末尾缺少斜杠", f"照此填写：{bare}/")
    folders = bare.rpartition("/")[0].split("/")
    if not ADDRESS.fullmatch(bare) or any(f.endswith((".html", ".htm")) for f in folders):
        raise fault(
            f"“{value}”不是本站网页的地址",
            "只写网站地址后面的部分，例如：policies/2021/2021-015/",
        )
    return bare


def _target(value: str) -> str:
    if _ABSOLUTE.fullmatch(value):
        return value
    place, hash_, anchor = value.partition("#")
    return _address(place) + hash_ + anchor


def _one_of(words: tuple[str, ...]) -> BeforeValidator:
    def check(value: object) -> object:
        if value not in words:
            raise fault(f"“{value}”不在可选范围内", choices_advice(str(value), words))
        return value

    return BeforeValidator(check)


def _link(value: str) -> str:
    if not re.fullmatch(r"(?:https?://|mailto:)\S+", value):
        return _address(value)
    return value


class _RedirectRow(Row):
    source: Annotated[str, AfterValidator(_address), Field(alias="from")]
    to: Annotated[str, AfterValidator(_target)] = ""
    gone: Annotated[str, _one_of(GONE)] = ""
    date: Day
    note: str = ""


class _HotlineRow(Row):
    number: Text
    hours: Text


class _HallRow(Row):
    name: Text
    address: Text
    window: Text
    hours: Text
    phone: Text


class _OnlineRow(Row):
    label: Text
    url: Annotated[str, AfterValidator(_link)]


class _ChannelRow(Row):
    kind: Annotated[str, _one_of(CHANNELS)]
    where: Text
    hours: str = ""
    url: Annotated[str, AfterValidator(_link)] = ""


class _WindowRow(Row):
    hotline: _HotlineRow
    hall: _HallRow
    online: Annotated[tuple[_OnlineRow, ...], Field(min_length=1)]
    channels: Annotated[tuple[_ChannelRow, ...], Field(min_length=1)]
    note: str = ""


def read_office(files: Mapping[str, bytes]) -> tuple[Office, list[Problem]]:
    """The office's lists from the bytes of those files that there are; name → bytes."""
    redirects, problems = _redirects(f"{SHOWN}/{REDIRECTS}", files.get(REDIRECTS))
    addresses, more = _addresses(f"{SHOWN}/{ADDRESSES}", files.get(ADDRESSES))
    window, last = _window(f"{SHOWN}/{CONSULT}", files.get(CONSULT))
    releases, rest = _releases(files)
    return Office(redirects, addresses, window, releases), [*problems, *more, *last, *rest]


def _redirects(path: str, data: bytes | None) -> tuple[tuple[Redirect, ...], list[Problem]]:
    if data is None:
        return (), []
    kind = TypeAdapter(tuple[_RedirectRow, ...])
    rows, places, problems = read_rows(path, data, kind, (), longest=_LONGEST)
    redirects = tuple(_redirect(row, place, places) for place, row in enumerate(rows))
    for redirect in redirects:
        if not redirect.target and not redirect.gone:
            problems.append(
                Problem(
                    path,
                    redirect.mark,
                    f"{redirect.source} 没有写去向",
                    "移到别处的加 to: 新网址；撤下的加 gone: 撤回（或合并、错误）和 note: 原因",
                )
            )
        if redirect.gone and not redirect.note:
            problems.append(
                Problem(
                    path,
                    redirect.mark,
                    f"{redirect.source} 撤下了，没有写原因",
                    "加一行 note: 为什么撤下，会显示在网页上",
                )
            )
    return redirects, problems


def _redirect(row: _RedirectRow, place: int, places: Places) -> Redirect:
    return Redirect(
        row.source,
        row.to,
        row.gone,
        row.date,
        row.note,
        nearest((place, "from"), places),
        nearest((place, "to"), places),
    )


def _addresses(path: str, data: bytes | None) -> tuple[str, list[Problem]]:
    if data is None:
        return "", []
    text = decode(path, data)
    if isinstance(text, Problem):
        return "", [text]
    problems = [
        Problem(path, Mark(number), f"“{line}”不是网址", "这个文件由程序填写：从版本库里恢复它")
        for number, line in listed(text)
        if not ADDRESS.fullmatch(line)
    ]
    return text, problems


_RELEASE = re.compile(r"[1-9]\d*,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00,[0-9a-f]+,[0-9a-f]{64}")
_FIRST_OUT = re.compile(rf"(?:{ADDRESS.pattern}),[1-9]\d*")


def _releases(files: Mapping[str, bytes]) -> tuple[tuple[str, str], list[Problem]]:
    texts, problems = [], []
    for name, form in ((RELEASES, _RELEASE), (RELEASED, _FIRST_OUT)):
        path = f"{SHOWN}/{name}"
        text = decode(path, files.get(name, b""))
        found = [text] if isinstance(text, Problem) else []
        for number, row in () if isinstance(text, Problem) else released_rows(text):
            if not form.fullmatch(",".join(row)):
                said = f"“{','.join(row)}”不是发布版的记录"
                found.append(
                    Problem(path, Mark(number), said, "这个文件由程序填写：从版本库里恢复它")
                )
        texts.append("" if found or isinstance(text, Problem) else text)
        problems += found
    return (texts[0], texts[1]), problems


def _window(path: str, data: bytes | None) -> tuple[Window | None, list[Problem]]:
    if data is None:
        return None, []
    text = decode(path, data)
    parts = [text] if isinstance(text, Problem) else mapping(path, text)
    if isinstance(parts, list):
        return None, parts
    try:
        row = _WindowRow.model_validate(parts.values)
    except ValidationError as error:
        return None, list(told(path, error, parts.places, parts.keys))
    hall = row.hall
    window = Window(
        hotline=row.hotline.number,
        hotline_hours=row.hotline.hours,
        hall=hall.name,
        address=hall.address,
        window=hall.window,
        hours=hall.hours,
        phone=hall.phone,
        online=tuple(Online(o.label, o.url) for o in row.online),
        channels=tuple(Channel(c.kind, c.where, c.hours, c.url) for c in row.channels),
        note=row.note,
    )
    return window, []
