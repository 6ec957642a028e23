"""What the head of a legal text says: its days, its issuing bodies, its number and its 文种."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins.identifiers import parse_document_number, repair_document_number
from plugins.reading import numerals
from plugins.trial.sources import DATED, Line, Source

STATE_COUNCIL = "中华人民共和国国务院"
SUPREME_COURT = "最高人民法院"
MILITARY_COMMISSION = "中华人民共和国中央军事委员会"
_FULL_NAMES = {
    "国务院": STATE_COUNCIL,
    "中央军委": MILITARY_COMMISSION,
    "中央军事委员会": MILITARY_COMMISSION,
    "中共中央": "中国共产党中央委员会",
    "政务院": "中央人民政府政务院",
    "海关总署": "中华人民共和国海关总署",
    "总后勤部": "中国人民解放军总后勤部",
}
_ISSUER_OF_FOLDER = {"司法解释": SUPREME_COURT, "行政法规": STATE_COUNCIL}
_KIND_OF_FOLDER = {"司法解释": "公告", "行政法规": "命令（令）"}
_KINDS = ("决定", "批复", "意见", "通知", "公告", "函")
_OTHER_KIND = "公告"

_BODY = re.compile(r"[\u4e00-\u9fff]{1,24}(?:院|部|委|委员会|局|总局|总署|银行|办公室|中共中央)")
_SERIAL = re.compile(r"令第\d+号|第\d+号令")
_ISSUING = re.compile(
    r"^(?:由|经)?(?P<bodies>[^《》\d]{2,60}?)(?:公告|以.{2,20}号通知)?"
    r"(?:修正|第?[一二三四五六七八九十]*次)?(?:发布|公布|印发|修订|令$|$)"
)
_DECREE = re.compile(r"(?P<body>[\u4e00-\u9fff、]{2,60})(?:令第(?P<no>\d+)号|第(?P<other>\d+)号令)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔［\[（(]\d{4}[〕］\])）]第?\d{1,4}号")
_SEPARATOR = re.compile(r"[、 　]+|和(?=最高)")
_IN_FORCE = re.compile(r"^起?(?:施行|生效|实施|执行)|[发公]布施行$")
_MEETING = re.compile(
    r"(?:^由?|、|日)(?P<body>[\u4e00-\u9fff]{2,20}?)(?:审判委员会|检察委员会)?(?:\d{4}年)?"
    r"第[\d一二三四五六七八九十百零]+[次届]"
)


@dataclass(frozen=True)
class Event:
    """One dated line of a head: the day and what happened on it."""

    day: date
    words: str

    @property
    def in_force(self) -> bool:
        """Whether the text is in force from this day."""
        return bool(_IN_FORCE.search(self.words))

    @property
    def amends(self) -> bool:
        """Whether the text was amended on this day."""
        return "修订" in self.words or "修正" in self.words


@dataclass(frozen=True)
class Facts:
    """What becomes front matter; the first issuer leads."""

    issuers: tuple[str, ...]
    issuer_is_guessed: bool
    kind: str
    number: str
    unfit_number: str
    """A number that is written in the head but has no form that the site knows."""
    signed: date
    published: date
    effective: date | None
    effective_too_early: date | None
    amended: tuple[date, ...]
    has_day: bool = True


NO_DAY = date(1949, 10, 1)
"""Stands for the day of a text that tells none."""


def facts_of(source: Source) -> Facts:
    """Everything that a head, a title and a file name tell."""
    happened = list(events(source))
    issuers, guessed = _issuers(source, happened)
    number, unfit = _number(source, happened)
    published = _published(source, happened)
    made = [e.day for e in happened if not e.in_force and published and e.day <= published]
    signed = max(made, default=published or NO_DAY)
    in_force = max((e.day for e in happened if e.in_force), default=None)
    too_early = in_force is not None and in_force < signed
    return Facts(
        issuers=issuers,
        issuer_is_guessed=guessed,
        kind=_kind(source),
        number=number,
        unfit_number=unfit,
        signed=signed,
        published=published or NO_DAY,
        effective=None if too_early else in_force,
        effective_too_early=in_force if too_early else None,
        amended=tuple(e.day for e in happened if e.amends),
        has_day=published is not None,
    )


def events(source: Source) -> Iterator[Event]:
    """The dated lines of a head whose day exists."""
    for line in source.head:
        found = DATED.match(line.text)
        day = day_of(line)
        if found and day:
            yield Event(day, line.text[found.end() :].strip(" 　）"))


def day_of(line: Line) -> date | None:
    """The day that a line begins with, if it exists."""
    found = DATED.match(line.text)
    if not found:
        return None
    try:
        return date(*(_figure(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None


def _figure(text: str) -> int:
    return int(text) if text.isascii() else numerals.value(text.replace("○", "〇"))


def file_day(source: Source) -> date | None:
    """The day in a file's name, if there is one and it exists."""
    try:
        return date.fromisoformat(source.file_day)
    except ValueError:
        return None


def _published(source: Source, happened: list[Event]) -> date | None:
    """The day of this version: the file's own, or else the last thing that happened to it."""
    made = [e.day for e in happened if not e.in_force] or [e.day for e in happened]
    return file_day(source) or max(made, default=None)


def _issuers(source: Source, happened: list[Event]) -> tuple[tuple[str, ...], bool]:
    """Bodies named by the title, by the last line that issues the text, or by its meeting."""
    if named := _bodies(source.title.partition("关于")[0]):
        return named, False
    undated = (line.text for line in source.head if not DATED.match(line.text))
    for words in (*(e.words for e in reversed(happened)), *undated):
        found = _ISSUING.search(_SERIAL.sub("", words))
        if found and (named := _bodies(found["bodies"])):
            return named, False
    met = [found["body"] for e in happened for found in _MEETING.finditer(e.words)]
    if met and (named := _bodies("、".join(name for name in met if _BODY.fullmatch(name)))):
        return named, False
    approved = any("国务院" in event.words for event in happened)
    default = _ISSUER_OF_FOLDER.get(source.folder, STATE_COUNCIL)
    return (STATE_COUNCIL if approved else default,), not approved


def _bodies(words: str) -> tuple[str, ...]:
    """Full names of the bodies in `甲、乙`; nothing if anything else stands there."""
    names = [name for name in _SEPARATOR.split(words) if name]
    if not names or not all(_BODY.fullmatch(name) for name in names):
        return ()
    return tuple(dict.fromkeys(_full_name(name) for name in names))


def _full_name(name: str) -> str:
    if name in _FULL_NAMES:
        return _FULL_NAMES[name]
    if name.startswith("中华人民共和国国家"):
        return name.removeprefix("中华人民共和国")
    return f"中华人民共和国{name}" if name.endswith("部") and "中华" not in name else name


def _number(source: Source, happened: list[Event]) -> tuple[str, str]:
    """A number that the site's form can hold, or else the one that it cannot."""
    for event in reversed(happened):
        decrees = list(_DECREE.finditer(event.words))
        if decrees:
            serial = decrees[0]["no"] or decrees[0]["other"]
            number = f"{decrees[0]['body']}令第{serial}号"
            fit = len(decrees) == 1 and parse_document_number(number)
            written = "、".join(found[0].strip("、") for found in decrees)
            return (number, "") if fit else ("", written)
    for words in (line.text for line in source.head):
        if found := _NUMBER.search(words):
            repaired = _repaired(found[0])
            return (repaired, "") if repaired else ("", found[0])
    return "", ""


def _repaired(written: str) -> str:
    return written if parse_document_number(written) else repair_document_number(written)


def _kind(source: Source) -> str:
    bare = re.sub(r"（[^（）]*）$", "", source.title)
    for kind in _KINDS:
        if bare.endswith(kind):
            return kind
    return _KIND_OF_FOLDER.get(source.folder, _OTHER_KIND)
