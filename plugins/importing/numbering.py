"""编号 of a catalog's rows: kept where a row stood in an earlier version, never given twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from plugins.importing.heads import CONTENT, FIRST, SECOND
from plugins.records.catalog import ROW_ID

Row = Mapping[str, str]
_DIGITS = 3


def numbered(
    area: str, rows: Sequence[Row], earlier: Iterable[Sequence[Row]]
) -> list[dict[str, str]]:
    """The rows with their numbers: `safety-001` and so on.

    A number of the area that a row brings along is kept. Else it is that of a row of an earlier
    version (the newest first) with the same 一级事项, 二级事项 and 公开内容, or the same first two.
    All others go on from the highest number that was ever given.
    """
    versions = [list(version) for version in earlier]
    given = _kept(area, rows)
    for said in (_whole, _pair):
        for version in versions:
            _take(rows, version, said, given)
    highest = max(map(_serial, _all_numbers(area, versions, given)), default=0)
    for place in range(len(rows)):
        if place not in given:
            highest += 1
            given[place] = f"{area}-{highest:0{_DIGITS}}"
    return [{**row, ROW_ID: given[place]} for place, row in enumerate(rows)]


def _kept(area: str, rows: Sequence[Row]) -> dict[int, str]:
    """The numbers that rows bring along, the first of two that are alike."""
    places = {row.get(ROW_ID, ""): place for place, row in reversed(list(enumerate(rows)))}
    return {place: number for number, place in places.items() if is_number(area, number)}


def is_number(area: str, text: str) -> bool:
    """Whether a text is a number of this area."""
    return re.fullmatch(rf"{re.escape(area)}-\d{{{_DIGITS},}}", text) is not None


def _whole(row: Row) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", "", row.get(name, "")) for name in (FIRST, SECOND, CONTENT))


def _pair(row: Row) -> tuple[str, ...]:
    return _whole(row)[:2]


def _take(
    rows: Sequence[Row],
    version: Sequence[Row],
    said: Callable[[Row], tuple[str, ...]],
    given: dict[int, str],
) -> None:
    """Give the numbers of a version's rows to rows that say the same, in order, each once."""
    taken = set(given.values())
    free: dict[tuple[str, ...], list[str]] = {}
    for row in version:
        number = row.get(ROW_ID, "")
        if number and number not in taken:
            free.setdefault(said(row), []).append(number)
    for place, row in enumerate(rows):
        if place not in given and (numbers := free.get(said(row))):
            given[place] = numbers.pop(0)


def _all_numbers(
    area: str, versions: Iterable[Iterable[Row]], given: Mapping[int, str]
) -> Iterator[str]:
    for version in versions:
        yield from (n for row in version if is_number(area, n := row.get(ROW_ID, "")))
    yield from given.values()


def _serial(number: str) -> int:
    found = re.search(r"\d+$", number)
    return int(found[0]) if found else 0
