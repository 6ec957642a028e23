"""Full lines of Chinese reach the margin."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.typesetting import Faces, Sheet, typeset

TEXT = (
    "（一）政策文件，包括“上级规章”、行政规范性文件和其他文件；"
    "按照《条例》办理，English 与 2021 年。"
)
SEEN = {
    "inline.justify_line": "f83b21ff8793ba6b",
    "line_break.Layout.set_text": "fe23ca9937dbf520",
}


def _lines(box: Any) -> Iterator[Any]:  # noqa: ANN401  # WeasyPrint has no types
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  # slow to load

    if isinstance(box, boxes.LineBox):
        yield box
    elif hasattr(box, "children"):
        for child in box.children:
            yield from _lines(child)


def _right(box: Any) -> float:  # noqa: ANN401  # the same
    """Where the last of a line's text ends."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  # slow to load

    if not isinstance(box, boxes.TextBox):
        return max(map(_right, box.children))
    edge: float = box.position_x + box.width
    return edge


def test_full_lines_reach_the_margin(
    faces: Faces, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.document import Document  # noqa: PLC0415  # slow to load

    seen: list[Any] = []
    real = Document.write_pdf

    def looks(self: Any, *arguments: object, **options: object) -> object:  # noqa: ANN401
        seen.extend(page._page_box for page in self.pages)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Document, "write_pdf", looks)
    style = (
        "@page { size: 200mm; margin: 10mm } p { font: 14px/20px 宋体; "
        "text-align: justify; width: 301px; margin: 0 }"
    )
    page = f"<html lang='zh-CN'><title>甲</title><body><p>{TEXT * 5}</p></body></html>"

    typeset(Sheet(page, style, "https://www.example.gov.cn/"), faces, work)

    lines = [line for box in seen for line in _lines(box)]
    short = [301 - (_right(line) - line.position_x) for line in lines[:-1]]
    assert len(short) > 10
    assert max(map(abs, short)) < 0.5


def test_what_is_replaced_in_weasyprint_is_what_was_looked_at() -> None:
    from plugins.typesetting import justification  # noqa: PLC0415  # brings WeasyPrint in

    replaced = {
        "inline.justify_line": justification._justify_line,
        "line_break.Layout.set_text": justification._set_text,
    }

    found = {
        name: hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
        for name, function in replaced.items()
    }

    assert found == SEEN
