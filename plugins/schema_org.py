"""What machines are told of a page inside it: schema.org as JSON-LD.

A policy is a `Legislation` with its number, dates, issuers and legal force, a plan or an annual
report a `Report`, a body a `GovernmentOrganization`, everything else an article or a list; each
page says where it stands (`BreadcrumbList`). See https://schema.org/Legislation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from plugins.library import Library, State, Validity
from plugins.reading import Document
from plugins.records import (
    Block,
    Interpretation,
    Notice,
    Organ,
    Page,
    Plan,
    Policy,
    Publication,
    Record,
    Topic,
)
from plugins.settings import Settings
from plugins.views import Link

_BEIJING = "+08:00"
Thing = dict[str, object]
"""One thing of schema.org: `@type` and its properties."""

_FORCE: Mapping[Validity, str] = {
    Validity.PENDING: "NotInForce",
    Validity.IN_FORCE: "InForce",
    Validity.AMENDED: "PartiallyInForce",
    Validity.REPEALED: "NotInForce",
    Validity.EXPIRED: "NotInForce",
}


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN = json.JSONEncoder(ensure_ascii=False)


def indented(value: object, margin: str = "\n") -> str:
    """JSON as `json.dumps(value, ensure_ascii=False, indent=1)` writes it, several times as fast.

    The library's own encoder in C knows no indents. Keys must be texts.
    """
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        pairs = (f"{_PLAIN.encode(key)}: {indented(item, inner)}" for key, item in value.items())
        return f"{{{inner}{f',{inner}'.join(pairs)}{margin}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{inner}{f',{inner}'.join(indented(item, inner) for item in value)}{margin}]"
    return _PLAIN.encode(value)


def page_data(thing: Thing, crumbs: Iterable[Link], settings: Settings) -> str:
    """JSON-LD of a page and of the way to it from home; safe inside <script>."""
    graph = {"@context": "https://schema.org", "@graph": [thing, _way(crumbs, settings)]}
    text = _COMPACT.encode(graph)
    return text.replace("<", "\\u003c")  # so that no text can end the script


def _way(crumbs: Iterable[Link], settings: Settings) -> Thing:
    once = {link.url: link for link in crumbs}  # the home page leads to itself
    steps = [
        {
            "@type": "ListItem",
            "position": place,
            "name": link.label,
            "item": settings.absolute(link.url),
        }
        for place, link in enumerate(once.values(), 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def list_thing(title: str, url: str, description: str, settings: Settings) -> Thing:
    """A page that is no document: the home page is the site itself."""
    return {
        "@type": "CollectionPage" if url else "WebSite",
        "url": settings.absolute(url),
        "name": title,
        "description": description,
        "inLanguage": "zh-CN",
        "publisher": _body(settings.county.authority),
    }


def document_thing(document: Document[Record], source: str, settings: Settings) -> Thing:
    """A document by its record alone; `source` is its 信息来源."""
    record = document.record
    url = settings.absolute(document.url)
    thing: Thing = {
        "@type": _type_of(record),
        "@id": url,
        "url": url,
        "name": record.title,
        "headline": record.title,
        "datePublished": stamp(record.published),
        "dateModified": stamp(record.changed),
        "description": record.summary or record.title,
        "inLanguage": "zh-CN",
        "sourceOrganization": _body(source),
        "publisher": _body(settings.county.authority),
    }
    if record.keywords:
        thing["keywords"] = ",".join(record.keywords)
    if isinstance(record, Publication) and record.subject:
        thing["about"] = record.subject
    thing.update(_of_its_kind(record, settings))
    return thing


def _type_of(record: Record) -> str:
    if isinstance(record, Policy):
        return "Legislation"
    if isinstance(record, Plan) or (isinstance(record, Page) and record.block is Block.REPORTS):
        return "Report"
    if isinstance(record, (Interpretation, Notice)):
        return "Article"
    return "CollectionPage" if isinstance(record, Topic) else "WebPage"


def _of_its_kind(record: Record, settings: Settings) -> Thing:
    """What only documents of this type have."""
    if isinstance(record, Policy):
        return _legislation(record)
    if isinstance(record, Interpretation):
        about = [settings.absolute(f"{target}/") for target in record.interprets]
        return {"about": [{"@type": "CreativeWork", "@id": url, "url": url} for url in about]}
    if isinstance(record, Plan) and record.number:
        return {"reportNumber": record.number}
    return {"mainEntity": _organ(record)} if isinstance(record, Organ) else {}


def _legislation(record: Policy) -> Thing:
    said: Thing = {
        "legislationIdentifier": record.number or record.index_number,
        "legislationType": record.kind,
        "legislationDate": record.signed.isoformat(),
        "legislationDateOfApplicability": _day(record.effective),
        "legislationPassedBy": [_body(name) for name in record.issuers],
    }
    return {key: value for key, value in said.items() if value}


def _organ(record: Organ) -> Thing:
    said: Thing = {
        "@type": "GovernmentOrganization",
        "name": record.title,
        "alternateName": record.short_name,
        "identifier": record.credit_code,
        "address": record.address,
        "telephone": record.phone,
        "faxNumber": record.fax,
        "parentOrganization": _body(record.parent) if record.parent else None,
    }
    return {key: value for key, value in said.items() if value}


def legal_force(
    document: Document[Policy], state: State, library: Library, settings: Settings
) -> Thing:
    """What only the whole library knows of a policy: its force, and what it changes."""
    thing: Thing = {"legislationLegalForce": f"https://schema.org/{_FORCE[state.validity]}"}
    for key, name in (("amends", "legislationChanges"), ("repeals", "legislationRepeals")):
        if found := library.find(getattr(document.record, key), Policy):
            thing[name] = [_law(other, settings) for other in found]
    return thing


def _law(document: Document[Policy], settings: Settings) -> Thing:
    url = settings.absolute(document.url)
    return {"@type": "Legislation", "@id": url, "url": url, "name": document.record.title}


def _body(name: str) -> Thing:
    return {"@type": "GovernmentOrganization", "name": name}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def stamp(local: datetime) -> str:
    """A moment as RFC 3339 has it: `2021-07-15T09:30:00+08:00`."""
    return f"{local.isoformat()}{_BEIJING}"
