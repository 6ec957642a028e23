"""Full lines of Chinese are spread to the margin between their characters.

WeasyPrint 70 stretches nothing but spaces, of which Chinese has none, so that every line with a
punctuation mark at its end falls short. Two functions of WeasyPrint's own are replaced; a test
holds their text, so that a new version of WeasyPrint is looked at before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

_CHARACTERS = (
    "\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffee"
    "\U00020000-\U000323af"
)
_CJK = re.compile(f"[{_CHARACTERS}]")
_RUN = re.compile(f"[{_CHARACTERS} \xa0]+")
"""Characters that gaps follow: spaces are among them."""
_WIDEST = 0.25
"""Of an em: a gap that would have to grow by more is left, as the end of a paragraph is."""

_justify_line = inline.justify_line
_set_text = line_break.Layout.set_text


def install() -> None:
    """Let WeasyPrint justify by these rules from now on."""
    inline.justify_line = justify_line
    line_break.Layout.set_text = set_text


def justify_line(context: Any, line: Any, extra_width: float) -> None:  # noqa: ANN401  # no types
    """Share what a line lacks among its gaps, those between characters and spaces alike."""
    texts = list(_texts(line))
    gaps = [_gaps_in(box.text) for box in texts]
    if line.style["direction"] == "rtl" or not any(_CJK.search(box.text) for box in texts):
        _justify_line(context, line, extra_width)
        return
    if _CJK.match(texts[-1].text[-1:]):
        gaps[-1] -= 1  # behind the last character is the margin
    if not sum(gaps):
        return
    each = extra_width / sum(gaps)
    if each <= _WIDEST * line.style["font_size"]:
        _spread(line, each, dict(zip(map(id, texts), gaps, strict=True)), 0)


def _texts(box: Any) -> Any:  # noqa: ANN401  # the same
    """The boxes of text in a line."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _gaps_in(text: str) -> int:
    return sum(map(len, _RUN.findall(text)))


def _spread(box: Any, each: float, gaps: dict[int, int], moved: float) -> float:  # noqa: ANN401
    """Widen the gaps of a box, which has been moved already; how far what follows must move."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        grown = each * gaps[id(box)]
        if grown:
            box.width += grown
            box.justification_spacing = box.pango_layout.justification_spacing = each
        return moved + grown
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.position_x += moved
        before = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _spread(child, each, gaps, moved)
        box.width += moved - before
        return moved
    box.translate(moved, 0)
    return moved


def set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002
    """Give Pango a text; one that is drawn in a full line has its spacing behind each character."""
    if not (justify and self.justification_spacing and _CJK.search(text)):
        _set_text(self, text, justify)
        return
    _set_text(self, text, False)  # noqa: FBT003  # WeasyPrint's signature
    attributes = pango.pango_layout_get_attributes(self.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    own = self.style["letter_spacing"]
    spacing = int(((0 if own == "normal" else own) + self.justification_spacing) * TO_UNITS)
    for start, end in _runs(self.text):
        attribute = pango.pango_attr_letter_spacing_new(spacing)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(self.layout, attributes)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end, in bytes, of every run of characters that gaps follow."""
    for run in _RUN.finditer(text):
        start = len(text[: run.start()].encode())
        yield start, start + len(run[0].encode())
