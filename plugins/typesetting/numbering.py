"""Page labels (ISO 32000-1, 12.4.2): to go to a page, a reader types what stands printed on it.

The printed numbers are the counter `page` of the stylesheet; a page on which it does not show is
labelled as its neighbours are.
"""

from __future__ import annotations

from typing import Any

import pydyf

_STYLES = {
    "decimal": "/D",
    "lower-roman": "/r",
    "upper-roman": "/R",
    "lower-alpha": "/a",
    "upper-alpha": "/A",
}
"""CSS's counter styles of which PDF has the like; of others, the plain number is the label."""


def number_pages(document: Any, pdf: Any) -> None:  # noqa: ANN401  # WeasyPrint has no types
    """Give each page of a laid-out document its label."""
    pages = [page._page_box for page in document.pages]  # noqa: SLF001  # it has no public name
    nums = pydyf.Array()
    expected = None
    for place, label in enumerate(zip(_styles(pages), _counters(pages), strict=True)):
        style, number = label
        if label != expected:
            nums.extend([place, pydyf.Dictionary({"S": style, "St": number})])
        expected = (style, number + 1)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": nums})


def _counters(pages: list[Any]) -> list[int]:
    """The value of the counter `page` on each page, as `@page` rules set it."""
    found, value = [], 0
    for page in pages:
        for name in ("counter_reset", "counter_set"):
            value = dict(page.style[name]).get("page", value)
        value += dict(page.style["counter_increment"]).get("page", 0)
        found.append(value)
    return found


def _styles(pages: list[Any]) -> list[str]:
    """How each page's number is written; that of the page before, or after, if it shows none."""
    shown = [_shown(page) for page in pages]
    current = next(filter(None, shown), "/D")
    return [current := style or current for style in shown]


def _shown(page: Any) -> str | None:  # noqa: ANN401  # the same
    """How a page's number is written in its margins, or None if it is not."""
    for box in page.children:
        content = box.style["content"]
        for kind, value in content if isinstance(content, (list, tuple)) else ():
            if kind == "counter()" and value[0] == "page":
                return _STYLES.get(value[1], "/D")
    return None
