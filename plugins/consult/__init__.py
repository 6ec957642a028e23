"""政策咨询综合服务窗口: one number (一号答), one stop (一站式), all channels and contacts.

What the page says is the office's: content/consult.yaml, and the contacts of 机构. Without that
file there is no page (区2021年工作要点 四（三）).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library, doubts_of, is_public
from plugins.outputs import Output, Page, Shown
from plugins.presenting import Column, cards, column_head, contact_view
from plugins.problems import Mark, Problem, Severity
from plugins.reading.names import CONSULT, SHOWN
from plugins.records import Organ, Question
from plugins.records.office import CHANNELS, Channel, Window
from plugins.settings import Settings
from plugins.views import Card, Contact, Fact, Link

_DOCUMENT = re.compile(r"/?((?:pages|organs|topics)/[^/#]+|[a-z]+/\d{4}/\d{4}-\d+)/?(?:#.*)?$")
"""The address of a document of this site; other pages are not known here."""
NEWEST = 6
"""How many of the newest typical questions the page shows."""
_COLUMN = Column(
    "政策咨询综合服务窗口",
    "consult/",
    "政策问题打一个电话、到一个窗口就能问清楚；也可以在网上问，或者找各单位的咨询电话。",
    "公共服务",
)


@dataclass(frozen=True)
class ConsultView:
    """The window's page."""

    title: str
    intro: str
    note: str
    hotline: str
    hotline_hours: str
    hall: tuple[Fact, ...]
    online: tuple[Link, ...]
    channels: tuple[Channel, ...]
    contacts: tuple[Contact, ...]
    typical: tuple[Card, ...]
    more: Link | None


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """consult/, if the office has described its window."""
    if library.window:
        yield Page("consult/index.html", "consult/consult.html", _page, (library.window,))


def check(library: Library, settings: Settings) -> Iterator[Problem]:
    """Every one of the eight channels is told of; links to documents lead to public ones."""
    if library.window is None:
        return
    yield from _lost_links(library.window, library, settings)
    told = {channel.kind for channel in library.window.channels}
    for kind in CHANNELS:
        if kind not in told:
            yield Problem(
                f"{SHOWN}/{CONSULT}",
                Mark(),
                f"channels 里没有“{kind}”",
                f"加一项 - kind: {kind}、where: 在哪里；确实没有的可以不加",
                severity=Severity.REMINDER,
            )


def _lost_links(window: Window, library: Library, settings: Settings) -> Iterator[Problem]:
    urls = [entry.url for entry in window.online] + [channel.url for channel in window.channels]
    for url in urls:
        found = _DOCUMENT.match(url)
        document = library.get(found[1]) if found else None
        if found and not (document and is_public(document, settings)):
            yield Problem(
                f"{SHOWN}/{CONSULT}",
                Mark(),
                f"url 里的 {found[1]}/ 没有公开的网页",
                "核对网址；外面的网站写 https:// 开头的完整网址",
            )


def _page(library: Library, settings: Settings, window: Window) -> Shown:
    contacts = (contact_view(organ) for organ in library.in_order(Organ))
    typical = [
        question
        for quarter in sorted(library.values("typical"), reverse=True)
        for question in library.find([d.id for d in library.look_up("typical", quarter)], Question)
        if not doubts_of(question, library, settings)
    ]
    view = ConsultView(
        title=_COLUMN.name,
        intro=_COLUMN.description,
        note=window.note,
        hotline=window.hotline,
        hotline_hours=window.hotline_hours,
        hall=tuple(_hall(window)),
        online=tuple(Link(entry.label, entry.url) for entry in window.online),
        channels=window.channels,
        contacts=tuple(c for c in contacts if c.phone or c.answers),
        typical=cards(typical[:NEWEST], library, settings),
        more=Link("全部典型政策问答", "questions/typical/") if typical else None,
    )
    return column_head(settings, _COLUMN), {"consult": view}


def _hall(window: Window) -> Iterator[Fact]:
    yield Fact("大厅", window.hall, wide=True)
    yield Fact("地址", window.address, wide=True)
    yield Fact("窗口", window.window)
    yield Fact("电话", window.phone, f"tel:{window.phone}")
    yield Fact("时间", window.hours, wide=True)
