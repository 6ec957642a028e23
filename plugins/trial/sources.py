"""A folder of legal texts as it lies there: a title line, dated lines, an end mark, the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HEAD_END = "<!-- INFO END -->"
DATED = re.compile(
    r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})年\s*(?P<month>[\d一二三四五六七八九十]{1,3})月"
    r"\s*(?P<day>[\d一二三四五六七八九十]{1,3})日[\s　]*"
)
"""A day at the beginning of a line, in figures or in characters."""
_TITLE = re.compile(r"#[ \t　]+(.*\S)[ \t　]*")
_FILE_DAY = re.compile(r"\((\d{4}-\d{2}-\d{2})\)$")
SPACES = " \t　"


class Line(NamedTuple):
    """One line that is not blank, without the spaces around it; lines count from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """One file of the corpus. `words` is all of it but its title line."""

    path: str
    title: str
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    words: str
    has_title: bool = True
    has_head_end: bool = True
    encoding: str = "utf-8"

    @property
    def folder(self) -> str:
        """The kind of text: name of the folder of the corpus."""
        return self.path.split("/")[0] if "/" in self.path else ""

    @property
    def file_day(self) -> str:
        """The day in brackets at the end of the file's name, or an empty text."""
        found = _FILE_DAY.search(_stem(self.path))
        return found[1] if found else ""


def find_texts(corpus: Path) -> tuple[list[str], list[str]]:
    """Paths of the texts, and of all files that are none, both in a fixed order."""
    files = [path for path in corpus.rglob("*") if path.is_file()]
    paths = sorted(path.relative_to(corpus).as_posix() for path in files)
    texts = [path for path in paths if _is_text(path)]
    return texts, [path for path in paths if not _is_text(path)]


def _is_text(path: str) -> bool:
    return path.endswith(".md") and not path.rpartition("/")[2].startswith(("_", "."))


def read_source(corpus: Path, path: str) -> Source:
    """Read one text, whatever state it is in."""
    text, encoding = _decode((corpus / path).read_bytes())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title, rest = _title(lines)
    head, body, marked = _parts(rest)
    return Source(
        path,
        title or _FILE_DAY.sub("", _stem(path)),
        tuple(_filled(head)),
        tuple(_filled(body)),
        "\n".join(line.text for line in rest if line.text.strip() != HEAD_END),
        has_title=bool(title),
        has_head_end=marked,
        encoding=encoding,
    )


def _decode(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace"), "?"


def _title(lines: list[str]) -> tuple[str, list[Line]]:
    """The title and all other lines, blank ones too."""
    numbered = [Line(number, text) for number, text in enumerate(lines, 1)]
    first = next((line for line in numbered if line.text.strip(SPACES)), None)
    found = _TITLE.fullmatch(first.text) if first else None
    if first is None or found is None:
        return "", numbered
    return found[1], numbered[first.number :]


def _parts(lines: list[Line]) -> tuple[list[Line], list[Line], bool]:
    """Head and body; where nothing divides them, the head is the run of dated lines on top."""
    for place, line in enumerate(lines):
        if line.text.strip() == HEAD_END:
            return lines[:place], lines[place + 1 :], True
    end = 0
    while end < len(lines) and (
        not lines[end].text.strip(SPACES) or DATED.match(lines[end].text.strip(SPACES))
    ):
        end += 1
    return lines[:end], lines[end:], False


def _filled(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        if text := line.text.strip(SPACES):
            yield Line(line.number, text)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
