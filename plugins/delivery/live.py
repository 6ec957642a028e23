"""`make verify-live`: whether what citizens are sent is the release, over IPv6 and over IPv4."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from plugins.delivery.headers import content_type
from plugins.delivery.reading import Answer, Reader
from plugins.delivery.shipment import Item, Shipment
from plugins.releases.manifest import HEARTBEAT

_AT_ONCE = 8
_YEAR, _HOUR = 31_536_000, 3_600
_PART = 100
_SPELT = ("text/html", "text/plain", "text/csv")
"""Types that browsers get wrong where the charset is not said."""
_INDEX = "index.html"
_REDIRECTS = "redirects.json"
_ABSENT = "-aaaaa"
"""Put into the name of an asset it gives one of the same form that no asset has."""


def heartbeat(reader: Reader) -> dict[str, object]:
    """What the site says of itself; empty if it says nothing."""
    answer = reader.get(HEARTBEAT)
    try:
        said = json.loads(answer.body) if answer.status == 200 else {}  # noqa: PLR2004  # OK
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def faults(reader: Reader, shipment: Shipment, withdrawn: Iterable[str]) -> Iterator[str]:
    """All that is wrong with what one kind of IP brings.

    Args:
        reader: asks over that kind.
        shipment: what should be there.
        withdrawn: paths of earlier releases that should no longer be.
    """
    items = list(shipment.negotiated().items)
    moved = redirects(reader, shipment)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for found in pool.map(lambda item: list(_of_file(reader, item, moved)), items):
            yield from found
        for found in pool.map(lambda path: list(_of_withdrawn(reader, path)), withdrawn):
            yield from found
    yield from _of_ranges(reader, max(items, key=_as_document))
    yield from _of_absent(reader, items)


def redirects(reader: Reader, shipment: Shipment) -> dict[str, int]:
    """Addresses at which a server may answer 301 or 410 instead of sending the page."""
    if _REDIRECTS not in shipment.by_path:
        return {}
    base = urlsplit(shipment.site_url).path + "/"
    try:
        listed = json.loads(reader.get(_REDIRECTS).body)["redirects"]
    except (ValueError, KeyError, TypeError):
        return {}  # the file itself will be found to be another
    return {entry["from"].removeprefix(base): entry["status"] for entry in listed}


def address(path: str) -> str:
    """The address of a path as citizens type it: a page without index.html."""
    folder, _, name = path.rpartition("/")
    return quote(f"{folder}/" if folder else "") if name == _INDEX else quote(path)


def _of_file(reader: Reader, item: Item, moved: Mapping[str, int]) -> Iterator[str]:
    answer = reader.get(address(item.path))
    if answer.status == moved.get(address(item.path)):
        return
    if answer.status != 200:  # noqa: PLR2004  # OK
        reason = f"：{answer.body.decode(errors='replace')}" if not answer.status else ""
        yield f"{item.path}：答的是 {answer.status}{reason}"
        return
    if hashlib.sha256(answer.body).hexdigest() != item.sha256:
        yield f"{item.path}：内容与清单不符"
    yield from _of_headers(item, answer)


def _of_withdrawn(reader: Reader, path: str) -> Iterator[str]:
    for form in sorted({address(path), quote(path)}):
        status = reader.get(form).status
        if status not in {404, 410}:
            yield f"{form}：已经撤下，还答 {status}"


def _of_headers(item: Item, answer: Answer) -> Iterator[str]:
    control = answer.headers.get("cache-control", "")
    age = _age(control)
    if item.kind == "asset" and ("immutable" not in control or (age or 0) < _YEAR):
        yield f"{item.path}：名字里有校验码，应可长存（immutable），现为“{control}”"
    if item.kind != "asset" and (age is None or age > _HOUR or "immutable" in control):
        yield f"{item.path}：会变的文件不能存过一小时，现为“{control}”"
    wanted, given = content_type(item.path), answer.headers.get("content-type", "")
    if wanted.startswith(_SPELT) and _words(given) != _words(wanted):
        yield f"{item.path}：类型应是“{wanted}”，现为“{given}”"


def _words(media: str) -> list[str]:
    return media.lower().replace(" ", "").split(";")


def _age(control: str) -> int | None:
    """For how long an answer may be kept; None if nothing is said of it."""
    if re.search(r"\bno-(cache|store)\b", control):
        return 0
    found = re.search(r"\bmax-age=(\d+)", control)
    return int(found[1]) if found else None


def _as_document(item: Item) -> tuple[bool, int]:
    return item.kind == "document", item.size


def _of_ranges(reader: Reader, item: Item) -> Iterator[str]:
    answer = reader.get(address(item.path), {"Range": f"bytes=0-{_PART - 1}"})
    if answer.status != 206 or len(answer.body) != min(_PART, item.size):  # noqa: PLR2004  # 206
        yield f"{item.path}：不能只取一段（Range），答的是 {answer.status}"


def _of_absent(reader: Reader, items: list[Item]) -> Iterator[str]:
    assets = [PurePosixPath(item.path) for item in items if item.kind == "asset"]
    paths = [str(path.with_stem(path.stem + _ABSENT)) for path in assets[:1]]
    for path in ("absent/", *paths):
        answer = reader.get(quote(path))
        control = answer.headers.get("cache-control", "")
        if answer.status != 404:  # noqa: PLR2004  # not found
            yield f"{path}：没有的网址应答 404，答的是 {answer.status}"
        elif "immutable" in control or (_age(control) or 0) > _HOUR:
            yield f"{path}：404 不能长存，现为“{control}”"
