"""A legal text → a document of this site, with every character of it and nothing added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from plugins.records import Category, Disclosure
from plugins.trial.facts import Facts, facts_of
from plugins.trial.sources import DATED, Line, Source

FIRST_LEVEL, LAST_LEVEL = 2, 5
HEADING = re.compile(r"(#+)[ \t　]+(.*\S)")
ARTICLE = re.compile(
    r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?=[\s　]|$)"
)
COMMENT = re.compile(r"<!--.*?-->")
UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\u00ad\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
HAN = re.compile("[㐀-鿿豈-龎〇\U00020000-\U0003ffff]")
_RULE_ROW = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_SYNTAX = re.compile(r"[\\`*_\[\]{}]")
_LIST_START = re.compile(r"(\d+)([.)])(?=\s|$)")
_SENTENCE_END = ("。", "：", "；", "！", "？")


@dataclass(frozen=True)
class Converted:
    """A text as a document. `older` is the id of the version that this one takes the place of."""

    id: str
    source: Source
    facts: Facts
    number_taken_by: str = ""
    older: str = ""


def convert(sources: Sequence[Source]) -> list[Converted]:
    """Every text with its id, its number (given once only) and its older version."""
    found = [_first(place, source) for place, source in enumerate(sources, 1)]
    return _with_older(_with_own_numbers(found))


def _first(place: int, source: Source) -> Converted:
    facts = facts_of(source)
    return Converted(f"policies/{facts.published.year}/flfg-{place:04d}", source, facts)


def _with_own_numbers(found: list[Converted]) -> list[Converted]:
    """Versions of a text carry the number of the first decree; the oldest keeps it."""
    owners: dict[str, str] = {}
    for text in sorted(found, key=_by_age):
        owners.setdefault(text.facts.number, text.id)
    return [
        text
        if not text.facts.number or owners[text.facts.number] == text.id
        else replace(text, number_taken_by=owners[text.facts.number])
        for text in found
    ]


def _with_older(found: list[Converted]) -> list[Converted]:
    """A text of the same name and folder is an older version of it."""
    versions: dict[tuple[str, str], list[Converted]] = defaultdict(list)
    for text in sorted(found, key=_by_age):
        versions[text.source.folder, text.source.title].append(text)
    older = {
        newer.id: earlier.id for group in versions.values() for earlier, newer in pairwise(group)
    }
    return [replace(text, older=older.get(text.id, "")) for text in found]


def _by_age(text: Converted) -> tuple[object, str]:
    return text.facts.published, text.id


def markdown(text: Converted) -> str:
    """The file of content that a text becomes."""
    body = "\n\n".join(blocks(text.source))
    return "\n".join(["---", *_front_matter(text), "---", "", body, ""])


def _front_matter(text: Converted) -> Iterator[str]:
    facts = text.facts
    yield f"title: {_quoted(text.source.title)}"
    yield f"category: {Category.REGULATION.value}"
    yield f"kind: {facts.kind}"
    yield f"disclosure: {Disclosure.OPEN.value}"
    yield f"issuer: {facts.issuers[0]}"
    if len(facts.issuers) > 1:
        yield f"lead: {facts.issuers[0]}"
        yield f"joint_issuers: [{', '.join(facts.issuers[1:])}]"
    if facts.number and not text.number_taken_by:
        yield f"number: {facts.number}"
    yield f"signed: {facts.signed}"
    yield f"published: {facts.published}"
    if facts.effective:
        yield f"effective: {facts.effective}"
    if text.older:
        yield f"amends: [{text.older}]"
    if names := _names_in(text.source.title):
        yield "keywords:"
        yield from (f"  - {_quoted(name)}" for name in names)


def _names_in(title: str) -> tuple[str, ...]:
    """The laws that a title names in 《》."""
    return tuple(dict.fromkeys(re.findall(r"《([^《》]+)》", title)))


def _quoted(value: str) -> str:
    clean = CONTROL.sub("", UNSEEN.sub("", value)).replace("\t", " ")
    return "'" + clean.replace("'", "''") + "'"


def blocks(source: Source) -> Iterator[str]:
    """Paragraphs, headings and tables of a text; its short dated lines are one paragraph."""
    yield from _head_blocks(source.head)
    level = FIRST_LEVEL - 1
    rows: list[str] = []
    for line in cleaned(source.body):
        if line.text.startswith("|"):
            rows.append(line.text)
            continue
        yield from _table(rows)
        rows = []
        if found := HEADING.fullmatch(line.text):
            level = fitting_level(len(found[1]), level)
            yield f"{'#' * level} {escaped(found[2])}"
        else:
            yield escaped(line.text)
    yield from _table(rows)


def cleaned(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines without comments that say nothing and without characters that nobody can see."""
    for line in lines:
        text = COMMENT.sub(_spoken, line.text)
        text = CONTROL.sub("", UNSEEN.sub("", text)).replace("\t", " ").strip(" 　")
        if text:
            yield Line(line.number, text)


def _spoken(comment: re.Match[str]) -> str:
    """A comment stays, as text, if a Chinese character stands in it."""
    return comment[0] if HAN.search(comment[0]) else ""


def fitting_level(wanted: int, previous: int) -> int:
    """The heading level nearest to the one wanted that may follow the previous heading."""
    return min(max(wanted, FIRST_LEVEL), LAST_LEVEL, previous + 1)


def _head_blocks(head: Iterable[Line]) -> Iterator[str]:
    """Dated lines and other short ones stand together; sentences stand alone."""
    caption: list[str] = []
    for line in cleaned(head):
        if line.text.endswith(_SENTENCE_END) and not DATED.match(line.text):
            yield from _caption(caption)
            caption = []
            yield escaped(line.text)
        else:
            caption.append(line.text)
    yield from _caption(caption)


def _caption(lines: list[str]) -> Iterator[str]:
    if lines:
        yield escaped("　".join(lines))


def _table(rows: list[str]) -> Iterator[str]:
    """A table with as many columns as its longest row: Markdown would drop what is too much."""
    cells = [_cells(row) for row in rows if not _RULE_ROW.fullmatch(row)]
    if not cells:
        return
    width = max(len(row) for row in cells)
    lines = [_row([*row, *[""] * (width - len(row))]) for row in cells]
    yield "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cells(row: str) -> list[str]:
    inner = row.removeprefix("|").removesuffix("|")
    return [_plain(cell.strip(" 　")) for cell in inner.split("|")]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def escaped(text: str) -> str:
    """A line that Markdown gives back as it was written."""
    text = _plain(text)
    if found := _LIST_START.match(text):
        return f"{found[1]}\\{text[found.end(1) :]}"
    return "\\" + text if text[0] in "-+#|~" else text


def _plain(text: str) -> str:
    """Every character that means something to Markdown or HTML stands for itself.

    `&` is written twice over: a reference is read once before Markdown and once after it.
    """
    text = _SYNTAX.sub(lambda found: "\\" + found[0], text)
    text = text.replace("&", "&amp;amp;")
    return text.replace("<", "&lt;").replace(">", "\\&gt;")
