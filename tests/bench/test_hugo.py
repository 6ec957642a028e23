"""Hugo's site in the bench: what it must have so that it is fair to compare with ours."""

import re
from pathlib import Path

import pytest
import yaml

from plugins.bench.contents import Contents
from plugins.bench.sections import Section, sections
from plugins.checking import check_content, settings_from
from plugins.feeds.lists import COLUMNS
from plugins.paging import HEAD, WHOLE
from plugins.schema_org import document_thing
from plugins.syndication import ENTRIES
from plugins.twins import twin

HUGO = Path("plugins/bench/hugo")


@pytest.fixture
def layouts(root: Path) -> Path:
    return root / HUGO / "layouts"


@pytest.fixture
def conf(root: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load(
        (root / HUGO / "hugo.yaml").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture
def lists(county: Contents) -> dict[str, Section]:
    return {section.path: section for section in sections(county)}


def test_every_format_has_its_layout(
    conf: dict[str, dict[str, object]], layouts: Path, lists: dict[str, Section]
) -> None:
    ending = {"atom": "xml", "table": "csv", "yeartable": "csv", "catalog": "jsonld"}
    wanted = {(kind, name) for kind, names in conf["outputs"].items() for name in _words(names)}
    wanted |= {("section", name) for section in lists.values() for name in section.formats}

    assert {name for _, name in wanted} - {"html"} == set(conf["outputFormats"])
    for kind, name in wanted:
        if name != "html":
            assert (layouts / f"{kind}.{name}.{ending.get(name, 'json')}").is_file()
    for section in lists.values():
        assert (layouts / f"{section.layout or 'section'}.html").is_file()


def test_every_partial_that_is_named_is_there_and_is_used(layouts: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in layouts.rglob("*.*")]
    named = {name for text in texts for name in re.findall(r'partial(?:Cached)? "([^"]+)"', text)}

    assert named == {path.name for path in (layouts / "_partials").iterdir()}


def test_its_lists_by_year_have_our_columns(conf: dict[str, dict[str, object]], root: Path) -> None:
    row = _keys(root / HUGO / "layouts/_partials/known.html")

    assert conf["params"]["list"] == [{"key": c.key, "title": c.title} for c in COLUMNS]
    assert {column.key for column in COLUMNS} <= row


def test_its_twins_and_its_json_ld_have_the_keys_of_ours(
    county: Contents, root: Path, layouts: Path
) -> None:
    settings = settings_from(root / "pelicanconf.py", county.build_date.isoformat())
    library = check_content(county.folder, settings).public
    theirs = _keys(layouts / "page.twin.json") | {"repeals", "amends", "related"}

    for document in (library[document_id] for document_id in county.ids):
        said = yaml.safe_load(twin(library, settings, document))
        assert set(_all_keys(said)) <= theirs
        thing = document_thing(document, "", settings)
        assert set(_all_keys(thing)) <= _keys(layouts / "_partials/things.html")


def test_feeds_and_lists_are_as_long_as_ours(layouts: Path) -> None:
    for name in ("atom.xml", "feed.json"):
        text = (layouts / "_partials" / name).read_text(encoding="utf-8")
        assert f"first {ENTRIES} .documents" in text
    assert f"(gt (len .Pages) {WHOLE}) {HEAD} {WHOLE}" in (layouts / "term.html").read_text("utf-8")


def test_every_month_with_documents_has_its_list(
    county: Contents, lists: dict[str, Section]
) -> None:
    days = {
        re.findall(r"^published: (\d{4})-(\d\d)", county.file(i).read_text("utf-8"), re.MULTILINE)[
            0
        ]
        for i in county.ids
    }

    assert {path for path in lists if re.fullmatch(r"policies/\d{4}/\d\d", path)} == {
        f"policies/{year}/{month}" for year, month in days
    }
    year, month = min(days)
    assert lists[f"policies/{year}/{month}"].markdown() == (
        f"---\ntitle: {int(month)}月\nlayout: month\noutputs: [html]\n"
        f"month: {year}年{int(month)}月\n---\n"
    )


def test_statutory_columns_are_those_of_the_vocabulary(
    lists: dict[str, Section], root: Path
) -> None:
    terms = yaml.safe_load((root / "content/vocabularies/columns.yaml").read_text("utf-8"))

    for term in terms:
        section = lists[f"columns/statutory/{term['key']}"]
        assert term["name"] in section.title
        assert "atom" in section.formats
    assert ("gathers", "/policies") in lists["columns/statutory/policy"].params


def test_a_document_without_a_day_is_told(county: Contents) -> None:
    path = county.file(county.ids[0])
    path.write_text("---\ntitle: 没有日期\n---\n", encoding="utf-8")

    with pytest.raises(ValueError, match="no day of publication"):
        list(sections(county))


def _words(names: object) -> list[str]:
    assert isinstance(names, list)
    return names


def _keys(layout: Path) -> set[str]:
    """Every quoted word of a layout: keys are among them."""
    return set(re.findall(r'"([$@\w]+)"', layout.read_text(encoding="utf-8")))


def _all_keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in _all_keys(item))]
    return [key for item in value for key in _all_keys(item)] if isinstance(value, list) else []
