"""Eyes for the files of the search: words lie there in pieces, and texts are packed."""

from __future__ import annotations

import zlib
from pathlib import Path

from plugins.search import index, parts


def traces(word: str, site: Path) -> set[str]:
    """Files of the search in which any two characters of the word stand side by side."""
    pairs = {word[place : place + 2] for place in range(len(word) - 1)}
    written = [
        form for pair in pairs for form in (pair, pair.encode().hex(), f"{ascii(pair)[1:-1]}")
    ]
    return {
        file.name
        for file in (site / "search").rglob("*")
        if file.is_file()
        for text in (file.name, _said(file))
        if any(form in text for form in written)
    }


def _said(file: Path) -> str:
    """What a file holds: terms whole, which lie there in two pieces; texts unpacked."""
    data = file.read_bytes()
    if file.suffix == index.ENDING:
        return "\n".join(f"{term} {said}" for term, said in index.terms_in(data).items())
    if file.suffix == parts.ENDING:
        return zlib.decompress(data).decode("utf-16-le")
    return data.decode("utf-8")
