"""归集: what the zone holds, as lists for other platforms: JSON and CSV by year, and a catalogue.

A list is split by year of publication, so that an edit remakes one of them and not all; the index
names the years. Rows say what platforms pool by: index_no, title, doc_no, dates, validity, url,
sha256 of the text (two papers with one sum are one paper twice).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from plugins.library import Library, state_of
from plugins.outputs import File
from plugins.presenting import COLUMN_OF, source_of, twin_address
from plugins.reading import Document
from plugins.records import Plan, Policy, Record
from plugins.schema_org import indented
from plugins.settings import Settings

INDEX = "feeds/documents"
DOCUMENTS = "feeds/documents/"
PLANS = f"{DOCUMENTS}plans"
"""All plans of all years: a list that is never long (区2021年工作要点 一（二）)."""
_BOM = "\ufeff"
"""Excel takes a CSV for UTF-8 only if it begins with this."""


class _Column(NamedTuple):
    """A column of a list: its key in JSON, its title in CSV, its value."""

    key: str
    title: str
    value: Callable[[Document[Record], Record, Library, Settings], object]


def _attribute(key: str, title: str, name: str = "") -> _Column:
    return _Column(key, title, lambda d, r, lib, s: getattr(r, name or key, None))  # noqa: ARG005


def _validity(
    document: Document[Record], record: Record, library: Library, settings: Settings
) -> str:
    if not isinstance(record, Policy):
        return ""
    return state_of(document, library, settings).validity.value  # type: ignore[arg-type]


COLUMNS: tuple[_Column, ...] = (
    _Column("id", "编号", lambda d, r, lib, s: d.id),  # noqa: ARG005
    _Column("kind", "文件类型", lambda d, r, lib, s: r.label),  # noqa: ARG005
    _attribute("index_no", "索引号", "index_number"),
    _attribute("title", "标题"),
    _attribute("doc_no", "发文字号", "number"),
    _Column("issuer", "发文机关", lambda d, r, lib, s: source_of(r)),  # noqa: ARG005
    _attribute("subject", "主题分类"),
    _attribute("signed", "成文日期"),
    _Column("published", "发布日期", lambda d, r, lib, s: f"{r.published:%Y-%m-%d %H:%M}"),  # noqa: ARG005
    _attribute("effective", "施行日期"),
    _attribute("expires", "失效日期"),
    _Column("changed", "更正或更新日期", lambda d, r, lib, s: f"{r.changed:%Y-%m-%d %H:%M}"),  # noqa: ARG005
    _Column("validity", "有效性", _validity),
    _Column("url", "网址", lambda d, r, lib, s: s.absolute(d.url)),  # noqa: ARG005
    _Column("data_url", "数据网址", lambda d, r, lib, s: s.absolute(twin_address(d))),  # noqa: ARG005
    _Column("sha256", "正文校验值", lambda d, r, lib, s: lib.sum_of_text(d)),  # noqa: ARG005
)
"""What a row says. Every row has every column; what is not there is an empty text."""


def list_files(library: Library) -> Iterator[File]:
    """Indexes, one list for each year, and the plans of all years; each as JSON and as CSV."""
    yield File(f"{INDEX}.json", _index_json)
    yield File(f"{INDEX}.csv", _index_csv)
    for year in library.values("published"):
        yield File(f"{DOCUMENTS}{year}.json", _json, ("published", year))
        yield File(f"{DOCUMENTS}{year}.csv", _csv, ("published", year))
    yield File(f"{PLANS}.json", _json, ("of", Plan.folder))
    yield File(f"{PLANS}.csv", _csv, ("of", Plan.folder))
    yield File("feeds/catalog.jsonld", _catalogue)


def _rows(library: Library, settings: Settings, index: str, value: str) -> tuple[list[str], ...]:
    """The rows of a list, made once for both formats."""
    return library.once(
        f"list rows {index} {value}", lambda: tuple(_made(library, settings, index, value))
    )


def _made(library: Library, settings: Settings, index: str, value: str) -> Iterator[list[str]]:
    for document in library.look_up(index, value):
        record = document.record
        found = (column.value(document, record, library, settings) for column in COLUMNS)
        yield ["" if value is None else str(value) for value in found]


def _years(library: Library) -> list[tuple[str, int]]:
    return sorted(library.values("published").items(), reverse=True)


def _index_json(library: Library, settings: Settings) -> bytes:
    """Where the documents of each year are listed."""
    rows = [
        {
            "year": year,
            "count": count,
            "url": settings.absolute(f"{DOCUMENTS}{year}.json"),
            "csv": settings.absolute(f"{DOCUMENTS}{year}.csv"),
        }
        for year, count in _years(library)
    ]
    return _dumped({"years": rows})


def _index_csv(library: Library, settings: Settings) -> bytes:
    rows = (
        [year, str(count), settings.absolute(f"{DOCUMENTS}{year}.csv")]
        for year, count in _years(library)
    )
    return _table(["年份", "件数", "网址"], rows)


def _json(library: Library, settings: Settings, index: str, value: str) -> bytes:
    """One object for each document, for upper-level platforms (区2021年工作要点 五（一））."""
    keys = [column.key for column in COLUMNS]
    rows = [dict(zip(keys, row, strict=True)) for row in _rows(library, settings, index, value)]
    return _dumped({"documents": rows})


def _csv(library: Library, settings: Settings, index: str, value: str) -> bytes:
    titles = [column.title for column in COLUMNS]
    return _table(titles, _rows(library, settings, index, value))


def _table(header: list[str], rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BOM + out.getvalue()).encode()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _dumped(value: object) -> bytes:
    return indented(value).encode()


# --- the catalogue ---

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FORMATS = (("json", "application/json"), ("csv", "text/csv"))


def _catalogue(library: Library, settings: Settings) -> bytes:
    """A DCAT catalogue of the lists (W3C DCAT 2, DCAT-AP's obligatory properties)."""
    county = settings.county
    publisher = {"@type": "foaf:Agent", "foaf:name": county.authority}
    sets = [*_by_year(library, settings), _plans(library, settings)]
    catalogue = {
        "@context": _CONTEXT,
        "@id": settings.absolute("feeds/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": _chinese(f"{county.zone_name}数据目录"),
        "dct:description": _chinese(f"{county.authority}主动公开的文件，按年份和类别成表。"),
        "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"},
        "foaf:homepage": {"@id": settings.absolute("")},
        **_terms(settings),
        "dcat:dataset": [{**one, "dct:publisher": publisher} for one in sets],
    }
    return _dumped(catalogue)


def _by_year(library: Library, settings: Settings) -> Iterator[dict[str, object]]:
    for year, _ in _years(library):
        yield _dataset(
            settings,
            f"{DOCUMENTS}{year}",
            f"{year}年公开的文件",
            f"{year}年发布的全部文件：标题、文号、索引号、日期、有效性、网址和校验值。",
            library.look_up("published", year),
            library,
        ) | {
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": _day(f"{year}-01-01"),
                "dcat:endDate": _day(f"{year}-12-31"),
            }
        }


def _plans(library: Library, settings: Settings) -> dict[str, object]:
    title = f"历年{COLUMN_OF[Plan].name}"
    found = library.look_up("of", Plan.folder)
    return _dataset(settings, PLANS, title, Plan.purpose, found, library)


def _dataset(  # noqa: PLR0913, PLR0917  # what a dataset says of itself
    settings: Settings,
    address: str,
    title: str,
    description: str,
    documents: list[Document[Record]],
    library: Library,
) -> dict[str, object]:
    said: dict[str, object] = {
        "@id": settings.absolute(f"{address}#dataset"),
        "@type": "dcat:Dataset",
        "dct:identifier": address.removeprefix(DOCUMENTS),
        "dct:title": _chinese(title),
        "dct:description": _chinese(description),
        "dcat:landingPage": {"@id": settings.absolute("feeds/")},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": _chinese(f"{title}（{ending.upper()}）"),
                "dcat:accessURL": {"@id": settings.absolute(f"{address}.{ending}")},
                "dcat:downloadURL": {"@id": settings.absolute(f"{address}.{ending}")},
                "dcat:mediaType": {"@id": _MEDIA + media},
                **_terms(settings),
            }
            for ending, media in _FORMATS
        ],
    }
    if documents:
        said["dct:modified"] = _day(library.published(documents[0])[: len("2021-07-15")])
    return said


def _terms(settings: Settings) -> dict[str, object]:
    """On what terms the data may be used, in the county's own words."""
    words = settings.county.data_terms
    if not words:
        return {}
    return {"dct:rights": {"@type": "dct:RightsStatement", "dct:description": _chinese(words)}}


def _chinese(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "zh-CN"}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
