"""What the conversion of one body gathers: problems, headings, anchors, links, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from plugins.problems import Mark, Problem, Severity, mark_at


@dataclass(frozen=True)
class Heading:
    """One heading of the body; `level` is 2 (一、) to 5 (（1）)."""

    id: str
    text: str
    level: int


@dataclass(frozen=True)
class BodyLink:
    """A link or image of the body that stays inside the site.

    `document` is the id of another document, or empty for this one; `file` a file beside this
    document; `anchor` a place on the page.
    """

    document: str
    file: str
    anchor: str
    mark: Mark


class OutwardLink(NamedTuple):
    """A link of the body that leads to another site."""

    url: str
    mark: Mark


@dataclass(frozen=True)
class Body:
    """A document's body: HTML that is right at the document's own URL, and what was found in it."""

    html: str
    text: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[BodyLink, ...]
    outward: tuple[OutwardLink, ...] = ()
    markdown: str = ""
    """The source, without whatever the page does not show."""

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: the same in every process, which the order of a set is not."""
        return {**self.__dict__, "anchors": sorted(self.anchors)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A body out of what was pickled."""
        self.__dict__.update(state, anchors=frozenset(state["anchors"]))


@dataclass
class Sheet:
    """What one conversion gathers."""

    path: str
    document_id: str
    source: str
    first_line: int
    prose: str = ""
    """The source with blanks in the place of HTML tables: offsets are the same."""
    problems: list[Problem] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    links: list[BodyLink] = field(default_factory=list)
    outward: list[OutwardLink] = field(default_factory=list)
    tables: list[ET.Element] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    _found: dict[str, int] = field(default_factory=dict)

    def place(self, before: str, words: str) -> Mark:
        """Where these words stand in the text; each call takes the next occurrence."""
        start = self._found.get(words, 0)
        found = (self.prose.find(b + words, start) + len(b) for b in (before, f"{before}<"))
        offset = next((o for o in found if o >= len(before)), -1)
        if offset < 0:
            return Mark(self.first_line)
        self._found[words] = offset
        return self.mark(offset)

    def mark(self, offset: int) -> Mark:
        """Line and column, in the file, of an offset in the source."""
        return mark_at(self.source, offset, self.first_line)

    def fault(
        self, mark: Mark, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem of the body."""
        self.problems.append(Problem(self.path, mark, message, remedy, "正文", severity))
