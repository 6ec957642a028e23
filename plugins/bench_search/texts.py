"""The documents of a bench as their files tell them: what queries are derived from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.bench.contents import Contents

_FENCE = "---\n"


@dataclass(frozen=True)
class Text:
    """Title, 发文字号 (empty where there is none) and Markdown body of a document."""

    id: str
    title: str
    number: str
    body: str


def read_texts(contents: Contents) -> Iterator[Text]:
    """Every document, in the order of the contents."""
    for document_id in contents.ids:
        written = contents.file(document_id).read_text(encoding="utf-8")
        head, _, body = written.removeprefix(_FENCE).partition(f"\n{_FENCE}")
        yield Text(document_id, _value(head, "title"), _value(head, "number"), body)


def _value(head: str, key: str) -> str:
    """A value as benches write them: bare, or in single quotes."""
    found = re.search(rf"^{key}: (.*)$", head, re.MULTILINE)
    value = found[1] if found else ""
    return value[1:-1].replace("''", "'") if value.startswith("'") else value
