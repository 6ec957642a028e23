"""原文: a public document as the Markdown that it was made of.

It travels inside PDFs. The front matter is written anew, of the fields alone that everybody may
read; the body is the source as the page shows it (`reading.sheet.Body.markdown`). What comes out
can be read as a file of the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from plugins.library import Library
from plugins.reading import Document
from plugins.records import Record
from plugins.records.fields import FieldNote, declared
from plugins.settings import Settings
from plugins.twins.data import MACHINERY, plain, public_part

_NAMED = "author"
"""责任编辑: the rules of government sites want the name with the page; no paper carries it."""
_UNSAID = (None, ())
_WIDTH = 1 << 16
"""Longer than any value: a line that is folded is hard to compare."""


def source(library: Library, settings: Settings, document: Document[Record]) -> bytes:
    """The Markdown file of one document, with its address on top as a comment of YAML."""
    import yaml  # noqa: PLC0415  # wanted for PDFs only

    front = yaml.safe_dump(
        dict(_public_values(document.record, library)),
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
    )
    address = settings.absolute(document.url)
    return f"---\n# {address}\n{front}---\n\n{document.body.markdown}\n".encode()


def _public_values(record: Record, library: Library) -> Iterator[tuple[str, object]]:
    """Every public field that says something, in declared order."""
    for key, info, note in declared(type(record)):
        value = getattr(record, key)
        if _is_internal(key, note) or value == info.get_default():
            continue
        shown = _public(value, note, library)
        if shown not in _UNSAID:
            yield key, plain(shown, _in_yaml, _UNSAID)


def _is_internal(key: str, note: FieldNote) -> bool:
    """What the office keeps to itself, and what another document says (the far side)."""
    return note.internal or bool(note.inverse) or key in MACHINERY or key == _NAMED


def _public(value: object, note: FieldNote, library: Library) -> object:
    """A value without the documents that are not public, and without groups that tell of one."""
    if note.relation and isinstance(value, tuple):
        value = tuple(item for item in value if not isinstance(item, str) or item in library)
    elif note.relation and value not in library:
        return None
    return public_part(value, library)


def _in_yaml(day: date) -> date | str:
    """A day or a moment as our own reader takes it."""
    return f"{day:%Y-%m-%d %H:%M}" if isinstance(day, datetime) else day
