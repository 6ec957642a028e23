"""新旧政策差异 of a document: where its comparisons stand, and the link in an interpretation."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from plugins.library import Library
from plugins.presenting import comparison_links
from plugins.reading import Body, Document
from plugins.records import SLOTS, Interpretation, Policy, Record
from plugins.views import Link

SLOT = SLOTS[-1]


def differences(document: Document[Record], library: Library) -> Iterator[Link]:
    """Of a policy, with older and newer texts; of an interpretation, of what it interprets."""
    record = document.record
    if isinstance(record, Policy):
        yield from comparison_links(document, library)  # type: ignore[arg-type]
        yield from comparison_links(document, library, other=True)  # type: ignore[arg-type]
    if isinstance(record, Interpretation):
        for target in library.find(record.interprets, Policy):
            yield from comparison_links(target, library)


def with_links(document: Document[Record], body: Body, links: tuple[Link, ...]) -> str:
    """An interpretation's body, with its comparisons linked under the heading 新旧政策差异.

    Where the body has no such heading (the slot is waived), they stand at its end.
    """
    if not links:
        return body.html
    up = "../" * document.url.count("/")
    items = "；".join(
        f'<a href="{html.escape(up + link.url)}">{html.escape(link.label)}</a>' for link in links
    )
    added = f"<p>逐条对照：{items}。</p>"
    anchor = next((heading.id for heading in body.headings if SLOT in heading.text), None)
    found = (
        re.search(rf'<h([2-5]) id="{re.escape(anchor)}">.*?</h\1>', body.html) if anchor else None
    )
    at = found.end() if found else len(body.html)
    return f"{body.html[:at]}\n{added}{body.html[at:]}"
