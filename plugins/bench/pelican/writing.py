"""A file of content → the same file as Pelican itself wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_LIST_MARK = re.compile(r"^\s+- ")
_SCALARS = ("issuer", "number", "index_number", "signed", "effective", "subject", "summary")


def write_for_pelican(source: Path, document_id: str, target: Path) -> None:
    """Write the Markdown file that Pelican reads in place of `source`."""
    text = source.read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    target.write_text("\n".join([*_metadata(head, document_id), body]), encoding="utf-8")


def _metadata(head: str, document_id: str) -> Iterator[str]:
    """`Title: …` lines: category is the issuer, tags are what else documents are listed by."""
    values = dict(_pairs(head))
    yield f"Title: {values['title']}"
    yield f"Date: {values['published']}"
    yield f"Category: {values['issuer']}"
    tags = (values.get(key, "") for key in ("kind", "category", "subject"))
    yield f"Tags: {'; '.join(tag for tag in tags if tag)}"
    yield f"Slug: {document_id}"
    yield f"Words: {values.get('keywords', '').strip('[]')}"
    yield from (f"{key}: {values[key]}" for key in _SCALARS if key in values)


def _pairs(head: str) -> Iterator[tuple[str, str]]:
    """Keys and values; what stands in a list on lines of its own is joined."""
    lines = head.splitlines()
    for place, line in enumerate(lines):
        key, colon, value = line.partition(":")
        if colon and not line.startswith(" "):
            yield key, value.strip().strip("'") or ", ".join(_items(lines[place + 1 :]))


def _items(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not _LIST_MARK.match(line):
            return
        yield _LIST_MARK.sub("", line).strip("'")
