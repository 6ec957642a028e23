"""The content folders of a bench: the real texts as they are, or any number of short documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import cycle, islice
from math import gcd
from pathlib import Path

from plugins.bench.county import ORGANS
from plugins.bench.documents import SUMMARY_LENGTH, Ticket, document
from plugins.bench.passages import Passage, passages_of
from plugins.trial.converting import HAN, Converted
from plugins.trial.tree import write_lists, write_tree

REAL = "real"
"""The size that means: the texts as they are."""
FIRST_DAY = date(1990, 1, 2)
LAST_DAY = date(2025, 6, 30)
"""Short documents are spread evenly over these days; the last is the bench's build date."""
_GOLDEN = 0.618
_SIGNED = re.compile(r"^signed:", re.MULTILINE)


@dataclass(frozen=True)
class Contents:
    """A content folder that was written: its documents from the oldest to the newest."""

    folder: Path
    ids: tuple[str, ...]
    build_date: date

    def file(self, document_id: str) -> Path:
        """The file of a document."""
        return self.folder / f"{document_id}.md"


@dataclass
class Corpus:
    """The legal texts that content folders are made of; `county` is this project's own content."""

    county: Path
    texts: Sequence[Converted]

    @cached_property
    def passages(self) -> list[Passage]:
        """What short documents are made of."""
        return passages_of(self.texts)

    def write(self, size: str, folder: Path) -> Contents:
        """The texts as they are, or so many short documents."""
        if size == REAL:
            return write_real(self.county, self.texts, folder)
        return write_short(self.county, self.passages, int(size), folder)


def label_of(size: str, contents: Contents) -> str:
    """What a size is called in a report."""
    return f"{len(contents.ids)} 篇" + ("（原文）" if size == REAL else "（短文）")


def write_real(county: Path, texts: Sequence[Converted], folder: Path) -> Contents:
    """The texts as `make trial` converts them, each with a summary, which a check asks for."""
    write_tree(county, texts, folder)
    for text in texts:
        path = folder / f"{text.id}.md"
        written = path.read_text(encoding="utf-8")
        path.write_text(_with_summary(written, text), encoding="utf-8")
    in_order = sorted(texts, key=lambda text: (text.facts.published, text.id))
    return Contents(folder, tuple(text.id for text in in_order), in_order[-1].facts.published)


def _with_summary(written: str, text: Converted) -> str:
    words = "".join(HAN.findall(text.source.words))[:SUMMARY_LENGTH]
    return re.sub(
        r"^signed:", f"summary: 本件规定：{words}\nsigned:", written, count=1, flags=re.MULTILINE
    )


def write_short(county: Path, passages: Sequence[Passage], count: int, folder: Path) -> Contents:
    """`count` short documents; passages are used again where there are fewer."""
    write_lists(county, folder)
    for organ in ORGANS:
        _write(folder / organ.path, organ.markdown(str(FIRST_DAY)))
    tickets = list(_tickets(count))
    for ticket, passage in zip(tickets, _mixed(passages, count), strict=True):
        _write(folder / f"{ticket.id}.md", document(ticket, passage, tickets))
    return Contents(folder, tuple(ticket.id for ticket in tickets), LAST_DAY)


def _tickets(count: int) -> Iterator[Ticket]:
    serials: Counter[int] = Counter()
    span = (LAST_DAY - FIRST_DAY).days
    for place in range(count):
        published = FIRST_DAY + timedelta(days=span * (place + 1) // count)
        serials[published.year] += 1
        yield Ticket(place, serials[published.year], published)


def _mixed(passages: Sequence[Passage], count: int) -> Iterator[Passage]:
    """Passages in an order that has nothing to do with their texts, and is always the same."""
    step = max(1, int(len(passages) * _GOLDEN))
    while gcd(step, len(passages)) != 1:
        step += 1
    order = (passages[place * step % len(passages)] for place in range(len(passages)))
    return islice(cycle(order), count)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
