"""Data files that editors extend: vocabularies, working days, the allow-list of personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from plugins.privacy import Allowance
from plugins.problems import Mark, Problem
from plugins.reading.decoding import decode
from plugins.reading.front_matter import LONGEST, Way, mapping, sequence
from plugins.records.fields import Day, Flag, choices_advice, fault
from plugins.records.vocabularies import (
    GAP_STATES,
    PERIODS,
    PLAN_KINDS,
    VOCABULARIES,
    Gap,
    Term,
    Vocabularies,
    Vocabulary,
)
from plugins.workdays import Calendar

T = TypeVar("T")
Places = Mapping[Way, Mark]


class Row(BaseModel):
    """One entry of a data file; nothing unknown is let in."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, defer_build=True)


def _key(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        raise fault(f"“{value}”不能用在网址里", "key 只用小写英文字母、数字和减号")
    return value


def _year(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"20[0-9]{2}", value):
        raise fault(f"“{value}”不是年份", "写成四位数字，例如 2027")
    return value


class _TermRow(Row):
    name: Annotated[str, Field(min_length=1)]
    key: Annotated[str, BeforeValidator(_key)]
    note: str = ""
    narrower: tuple[_TermRow, ...] = ()
    retired: Flag = False

    def term(self) -> Term:
        narrower = tuple(row.term() for row in self.narrower)
        return Term(self.name, self.key, self.note, narrower, self.retired)


def _state(value: object) -> object:
    if isinstance(value, str) and value not in GAP_STATES:
        raise fault(f"“{value}”不在可选范围内", choices_advice(value, GAP_STATES))
    return value


class _GapRow(Row):
    state: Annotated[str, BeforeValidator(_state)]
    reason: Annotated[str, Field(min_length=2)]
    kind: str = ""


class _PeriodRow(_TermRow):
    """A 规划期, which may say what it lacks."""

    gaps: tuple[_GapRow, ...] = ()


_TERMS: TypeAdapter[tuple[_TermRow, ...]] = TypeAdapter(tuple[_TermRow, ...])
_PERIODS: TypeAdapter[tuple[_TermRow, ...]] = TypeAdapter(tuple[_PeriodRow, ...])


class _AllowanceRow(Row):
    value: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=2)]
    path: str = ""


class _YearRow(Row):
    holidays: tuple[Day, ...] = ()
    workdays: tuple[Day, ...] = ()


def read_vocabularies(files: Mapping[str, bytes], shown: str) -> tuple[Vocabularies, list[Problem]]:
    """All vocabularies from the bytes of their files (`kinds.yaml` → bytes).

    `shown` is the folder as problems name it. A vocabulary that cannot be read is empty and
    says so: its own problems are enough, its words in documents are not called wrong.
    """
    by_name: dict[str, Vocabulary] = {}
    problems: list[Problem] = []
    for name, label in VOCABULARIES.items():
        path = f"{shown}/{name}.yaml"
        kind = _PERIODS if name == PERIODS else _TERMS
        rows, places, found = read_rows(path, files.get(f"{name}.yaml"), kind, ())
        problems += found or _repeats(path, rows, places)
        terms = tuple(_term(row, (place,), places) for place, row in enumerate(rows))
        by_name[name] = Vocabulary(name, label, terms, readable=not found)
    problems += _gaps_of_no_kind(f"{shown}/{PERIODS}.yaml", by_name)
    return Vocabularies(by_name), problems


def _term(row: _TermRow, way: Way, places: Places) -> Term:
    """A word; of a 规划期 with what it lacks, and where that is said."""
    if not isinstance(row, _PeriodRow):
        return row.term()
    gaps = (
        Gap(gap.state, gap.reason, gap.kind, nearest((*way, "gaps", place), places).line)
        for place, gap in enumerate(row.gaps)
    )
    return replace(row.term(), gaps=tuple(gaps), line=nearest(way, places).line)


def _gaps_of_no_kind(path: str, by_name: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """Gaps that name a 规划类别 which its vocabulary does not have."""
    kinds = by_name[PLAN_KINDS]
    for term in by_name[PERIODS].terms:
        for gap in term.gaps:
            if gap.kind and kinds.readable and gap.kind not in kinds:
                advice = choices_advice(gap.kind, kinds.names, PLAN_KINDS)
                yield Problem(path, Mark(gap.line), f"没有“{gap.kind}”这一规划类别", advice)


def read_allowances(path: str, data: bytes | None) -> tuple[tuple[Allowance, ...], list[Problem]]:
    """The allow-list of the personal-data scanner; every entry needs a reason."""
    if data is None:
        return (), []
    rows, _, problems = read_rows(path, data, TypeAdapter(tuple[_AllowanceRow, ...]), ())
    return tuple(Allowance(row.value, row.reason, row.path) for row in rows), problems


def read_calendar(path: str, data: bytes | None) -> tuple[Calendar, list[Problem]]:
    """The package's calendar with the office's additions for years that it does not know."""
    if data is None:
        return Calendar({}, {}), []
    text = decode(path, data)
    parts = [text] if isinstance(text, Problem) else mapping(path, text)
    if isinstance(parts, list):
        return Calendar({}, {}), parts
    try:
        years = TypeAdapter(dict[Annotated[str, BeforeValidator(_year)], _YearRow]).validate_python(
            parts.values
        )
    except ValidationError as error:
        return Calendar({}, {}), list(told(path, error, parts.places, parts.keys))
    days = {int(year): frozenset(row.holidays) for year, row in years.items()}
    extra = {int(year): frozenset(row.workdays) for year, row in years.items()}
    return Calendar(days, extra), []


def read_rows(
    path: str, data: bytes | None, kind: TypeAdapter[T], empty: T, longest: int = LONGEST
) -> tuple[T, Places, list[Problem]]:
    """A file that is a list, its entries validated; the places of its values; what is wrong."""
    if data is None:
        remedy = "从版本库里恢复它；没有词条也要留着文件"
        return empty, {}, [Problem(path, Mark(), "缺少这个词表文件", remedy)]
    text = decode(path, data)
    if isinstance(text, Problem):
        return empty, {}, [text]
    read = sequence(path, text, longest)
    if isinstance(read, list):
        return empty, {}, read
    items, places, keys = read
    try:
        return kind.validate_python(items), places, []
    except ValidationError as error:
        return empty, places, list(told(path, error, places, keys))


def told(path: str, error: ValidationError, places: Places, keys: Places) -> Iterator[Problem]:
    """Pydantic's errors in the editor's words."""
    for detail in error.errors(include_url=False):
        way = tuple(detail["loc"])
        key = str(way[-1]) if way else ""
        context = detail.get("ctx", {})
        of_key = key == "[key]" or detail["type"] == "extra_forbidden"
        mark = nearest(way[:-1] if key == "[key]" else way, keys if of_key else places)
        if detail["type"] == "fault":
            yield Problem(path, mark, str(context["message"]), str(context["remedy"]))
        elif detail["type"] == "missing":
            yield Problem(path, mark, f"缺少 {key}", f"在这一项里加一行 {key}: ……")
        elif detail["type"] == "extra_forbidden":
            yield Problem(path, mark, f"没有“{key}”这一项", "照文件开头的说明填写")
        else:
            yield Problem(path, mark, f"{key} 的写法不对", "照文件开头的说明填写")


def nearest(way: Way, places: Places) -> Mark:
    """Where a value stands; the nearest thing above it if it was not written."""
    while way and way not in places:
        way = way[:-1]
    return places.get(way, Mark())


def _repeats(path: str, rows: tuple[_TermRow, ...], places: Places) -> Iterator[Problem]:
    narrower = (((place, "narrower"), row.narrower) for place, row in enumerate(rows))
    for above, group in (((), rows), *narrower):
        first: dict[tuple[str, str], Mark] = {}
        for place, row in enumerate(group):
            for what in ("name", "key"):
                value = getattr(row, what)
                mark = nearest((*above, place, what), places)
                earlier = first.setdefault((what, value), mark)
                if earlier is not mark:
                    message = f"“{value}”写了两次（第 {earlier.line} 行已有）"
                    yield Problem(path, mark, message, f"{what} 改成不同的，或删去一项")
