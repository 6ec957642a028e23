"""The same document for machines: whole, valid, and without what is the office's own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from plugins.checking import check_content
from plugins.feeds.lists import COLUMNS
from plugins.records import RECORD_TYPES
from plugins.records.fields import declared
from plugins.settings import Settings
from tests.building import richer
from tests.county import POLICY, ROOT, SOUND, build, settings, write_county

Twin = dict[str, Any]


def _twins(folder: Path) -> dict[str, Twin]:
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("index.json"))]
    return {twin["id"]: twin for twin in found if "id" in twin}  # not the list of the gazette


def _validator(folder: Path) -> jsonschema.Draft202012Validator:
    schema = json.loads((folder / "feeds/schema/document.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _rows(folder: Path) -> list[dict[str, str]]:
    index = json.loads((folder / "feeds/documents.json").read_text("utf-8"))["years"]
    lists = [folder / "feeds/documents" / f"{year['year']}.json" for year in index]
    return [row for path in lists for row in json.loads(path.read_text("utf-8"))["documents"]]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county in which all happens."""
    folder = tmp_path_factory.mktemp("rich")
    build(write_county(folder / "content", richer.files()), folder / "output")
    return folder / "output"


def test_every_twin_is_as_its_schema_says(sample: Path, rich: Path) -> None:
    for folder in (sample, rich):
        validator = _validator(folder)
        twins = _twins(folder)
        assert twins
        for name, twin in twins.items():
            assert [fault.message for fault in validator.iter_errors(twin)] == [], name


def test_the_schema_refuses_what_no_twin_says(sample: Path) -> None:
    validator = _validator(sample)
    twin = _twins(sample)["policies/2021/2021-015"]

    for wrong in (
        {**twin, "review": {"first": "某人"}},
        {**twin, "details": {**twin["details"], "disclosure_basis": "第十六条"}},
        {key: value for key, value in twin.items() if key != "title"},
        {**twin, "sha256": "abc"},
    ):
        assert not validator.is_valid(wrong)


def test_every_public_document_has_a_twin_and_says_so(
    sample: Path, sample_settings: Settings
) -> None:
    library = check_content(ROOT / "content", sample_settings).public
    twins = _twins(sample)

    assert set(twins) == {document.id for document in library}
    for document in library:
        page = (sample / document.url / "index.html").read_text("utf-8")
        assert f'{document.url}index.json" type="application/json"' in page


def test_moments_are_real_and_in_order(sample: Path) -> None:
    for name, twin in _twins(sample).items():
        published = datetime.fromisoformat(twin["published"])
        assert published.utcoffset() is not None, name
        assert datetime.fromisoformat(twin["changed"]) >= published, name
        for key in ("signed", "printed", "effective", "expires"):
            assert key not in twin or date.fromisoformat(twin[key]), name


def test_sums_are_those_of_the_text_and_of_the_files(sample: Path) -> None:
    files = 0
    for name, twin in _twins(sample).items():
        assert hashlib.sha256(twin["text"].encode()).hexdigest() == twin["sha256"], name
        for file in twin.get("attachments", ()):
            files += 1
            data = (sample / unquote(urlsplit(file["url"]).path)[1:]).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file["size"], file["sha256"])
    assert files


def test_relations_are_told_on_both_sides(sample: Path) -> None:
    twins = _twins(sample)
    told = 0
    for name, twin in twins.items():
        for key, others in twin.get("relations", {}).items():
            for other in others:
                told += 1
                back = twins[other["id"]]["referenced_by"][key]
                assert name in [one["id"] for one in back]
        for key, others in twin.get("referenced_by", {}).items():
            for other in others:
                forth = twins[other["id"]]["relations"][key]
                assert name in [one["id"] for one in forth]
    assert told > 50


def test_internal_fields_have_no_place_in_a_twin_or_its_schema(sample: Path) -> None:
    schema = (sample / "feeds/schema/document.json").read_text("utf-8")
    internal = {key for kind in RECORD_TYPES for key, _, note in declared(kind) if note.internal}

    assert internal
    for key in internal:
        assert f'"{key}"' not in schema
        for twin in _twins(sample).values():
            assert key not in twin
            assert key not in twin.get("details", {})


def test_a_twin_tells_nothing_of_what_a_package_holds_that_is_not_public(tmp_path: Path) -> None:
    package = """---
title: 用水户政策包
published: 2021-08-01 09:00
summary: 用水的政策。
applies_to: [农民]
trigger: 新装水表
documents:
  - document: policies/2021/2021-005
    note: 先看这一份。
  - document: policies/2021/2021-006
    note: 还没有公布的奖励标准。
contacts: 某县人民政府办公室
---

先看第一份。
"""
    draft = POLICY.replace("5号", "6号").replace("title:", "draft: true\ntitle:", 1)
    files = SOUND | {"packages/water.md": package, "policies/2021/2021-006.md": draft}
    build(write_county(tmp_path / "content", files), tmp_path / "output")

    text = (tmp_path / "output/packages/water/index.json").read_text("utf-8")
    assert "先看这一份" in text
    assert "奖励标准" not in text
    assert "2021-006" not in text


def test_rows_of_the_lists_agree_with_the_twins(sample: Path) -> None:
    twins, rows = _twins(sample), _rows(sample)

    assert sorted(row["id"] for row in rows) == sorted(twins)
    for row in rows:
        twin = twins[row["id"]]
        assert list(row) == [column.key for column in COLUMNS]
        assert (row["title"], row["url"], row["sha256"]) == (
            twin["title"],
            twin["url"],
            twin["sha256"],
        )
        assert row["doc_no"] == twin.get("number", "")
        assert row["index_no"] == twin.get("index_number", "")
        assert row["validity"] == twin.get("validity", {}).get("state", "")
        assert row["published"] == twin["published"][:16].replace("T", " ")


def test_tables_say_what_the_lists_say(sample: Path) -> None:
    for path in sorted((sample / "feeds/documents").glob("*.csv")):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        listed = json.loads(path.with_suffix(".json").read_text("utf-8"))["documents"]
        assert header == [column.title for column in COLUMNS]
        assert rows == [list(row.values()) for row in listed]
    index = (sample / "feeds/documents.csv").read_text("utf-8-sig")
    years = json.loads((sample / "feeds/documents.json").read_text("utf-8"))["years"]
    assert list(csv.reader(io.StringIO(index)))[1:] == [
        [year["year"], str(year["count"]), year["csv"]] for year in years
    ]


def test_a_title_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    risky = POLICY.replace("title: 某县", "title: '=某县").replace("的通知\n", "的通知'\n", 1)
    build(
        write_county(tmp_path / "content", {**SOUND, "policies/2021/2021-005.md": risky}),
        tmp_path / "output",
    )

    table = (tmp_path / "output/feeds/documents/2021.csv").read_text("utf-8-sig")
    assert ",'=某县人民政府办公室关于做好节水工作的通知," in table


def test_the_list_of_plans_holds_all_years(sample: Path) -> None:
    plans = json.loads((sample / "feeds/documents/plans.json").read_text("utf-8"))["documents"]

    assert [row["id"] for row in plans] == [
        row["id"] for row in _rows(sample) if row["kind"] == "规划计划"
    ]
    assert len({row["published"][:4] for row in plans}) > 2


def test_every_channel_carries_the_same_set_of_documents(sample: Path) -> None:
    """Twins, lists, site maps and search: none lags behind (channels that disagree)."""
    twins = _twins(sample)
    maps = "".join(p.read_text("utf-8") for p in (sample / "sitemaps").glob("2*.xml"))
    search = [
        row
        for path in (sample / "search/d").iterdir()
        for row in json.loads(path.read_text("utf-8"))
        if row
    ]

    assert {row["url"] for row in _rows(sample)} == {twin["url"] for twin in twins.values()}
    assert maps.count("<loc>") == len(twins)
    assert all(f"<loc>{twin['url']}</loc>" in maps for twin in twins.values())
    assert {row[0] for row in search} == {f"{name}/" for name in twins}


def test_the_catalogue_is_one_that_dcat_readers_take(
    sample: Path, sample_settings: Settings
) -> None:
    catalogue = json.loads((sample / "feeds/catalog.jsonld").read_text("utf-8"))
    context = catalogue["@context"]

    def names(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [key for key in value if not key.startswith("@")]
            return own + [name for item in value.values() for name in names(item)]
        return [n for item in value for n in names(item)] if isinstance(value, list) else []

    assert {name.partition(":")[0] for name in names(catalogue) if ":" in name} <= set(context)
    assert catalogue["@type"] == "dcat:Catalog"
    for key in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:rights"):
        assert catalogue[key], key
    words = catalogue["dct:rights"]["dct:description"]["@value"]
    assert words == sample_settings.county.data_terms
    years = json.loads((sample / "feeds/documents.json").read_text("utf-8"))["years"]
    sets = catalogue["dcat:dataset"]
    assert [one["dct:identifier"] for one in sets] == [*(y["year"] for y in years), "plans"]
    assert len({one["@id"] for one in sets}) == len(sets)
    for one in sets:
        assert one["@type"] == "dcat:Dataset"
        assert date.fromisoformat(one["dct:modified"]["@value"])
        media = [file["dcat:mediaType"]["@id"].rpartition("types/")[2] for file in one[_FILES]]
        assert media == ["application/json", "text/csv"]
        for file in one[_FILES]:
            address = file["dcat:downloadURL"]["@id"]
            assert (sample / address.partition(".cn/")[2]).is_file(), address


_FILES = "dcat:distribution"


def test_a_file_may_not_take_the_place_of_the_data(tmp_path: Path) -> None:
    taken = POLICY.replace("keywords", "attachments: [index.json]\nkeywords")
    content = write_county(
        tmp_path / "content",
        {**SOUND, "policies/2021/2021-005.md": taken, "policies/2021/index.json": "{}"},
    )

    errors = check_content(content, settings()).errors

    assert [str(error.message) for error in errors] == ["文件名“index.json”留给网页自己用"]
