"""What readers' programmes take from a page: title, date and source, by three ways."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from plugins.checking import check_content
from plugins.presenting import source_of
from plugins.records import Policy
from plugins.schema_org import list_thing, page_data
from plugins.settings import Settings
from plugins.views import Link
from tests.county import ROOT, settings

VOID = {"meta", "link", "br", "img", "input", "hr", "col", "wbr", "area", "source"}


class Page(HTMLParser):
    """Meta tags, data blocks, and the article as programmes for reading see it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.data: list[dict[str, Any]] = []
        self.articles = 0
        self.said = {"p-name": "", "p-author": "", "h1": ""}
        self.time = ""
        self._open: list[tuple[str, set[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        classes = set(given.get("class", "").split())
        if tag == "meta" and "name" in given:
            self.metas[given["name"]] = given["content"]
        if tag == "article" and "h-entry" in classes:
            self.articles += 1
        if tag == "time" and not self.time and self._inside("h-entry"):
            self.time = given["datetime"]
        if tag == "script" and given.get("type") == "application/ld+json":
            classes.add("ld+json")
        if tag not in VOID:
            self._open.append((tag, classes))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside("ld+json"):
            self.data.append(json.loads(data))
        if self._inside("h-entry"):
            for name in self.said:
                if self._inside(name) or any(tag == name for tag, _ in self._open):
                    self.said[name] += data

    def _inside(self, name: str) -> bool:
        return any(name in classes for _, classes in self._open)


@pytest.fixture(scope="module")
def pages(sample: Path) -> dict[str, Page]:
    """Every page of the sample, url → what programmes see."""
    return {
        path.relative_to(sample).as_posix().removesuffix("index.html"): Page(
            path.read_text("utf-8")
        )
        for path in sorted(sample.rglob("*.html"))
    }


def test_title_date_and_source_are_right_on_every_page_of_a_document(
    pages: dict[str, Page], sample_settings: Settings
) -> None:
    library = check_content(ROOT / "content", sample_settings).public
    authority = sample_settings.county.authority

    assert len(library) > 100
    for document in library:
        record, page = document.record, pages[document.url]
        title, source = record.title, source_of(record) or authority
        day = f"{record.published:%Y-%m-%d}"
        wanted = (title, day, source)

        metas = page.metas
        assert (metas["ArticleTitle"], metas["PubDate"][:10], metas["ContentSource"]) == wanted
        (graph,) = page.data
        thing = graph["@graph"][0]
        told = thing["name"], thing["datePublished"][:10], thing["sourceOrganization"]["name"]
        assert told == wanted
        assert page.articles == 1
        assert (page.said["p-name"], page.time[:10], page.said["p-author"]) == wanted
        assert page.said["h1"] == title
        assert thing["datePublished"] == page.time.replace("+08:00", ":00+08:00")


def test_every_page_says_where_it_stands(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        assert len(page.data) == 1, url
        graph = page.data[0]
        assert graph["@context"] == "https://schema.org"
        way = graph["@graph"][-1]
        assert way["@type"] == "BreadcrumbList"
        steps = way["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(step["name"] and step["item"].startswith("https://") for step in steps)
        assert steps[-1]["item"].partition(".cn/")[2] == url


def test_no_step_of_the_way_is_named_twice(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        items = [step["item"] for step in page.data[0]["@graph"][-1]["itemListElement"]]
        assert len(items) == len(set(items)), url


FORCE = {
    "现行有效": "InForce",
    "已修改": "PartiallyInForce",
    "废止": "NotInForce",
    "失效": "NotInForce",
    "尚未施行": "NotInForce",
}


def test_a_policy_is_legislation_with_its_number_force_and_what_it_changes(
    sample: Path, pages: dict[str, Page], sample_settings: Settings
) -> None:
    library = check_content(ROOT / "content", sample_settings).public
    changing = 0
    for document in library.of(Policy):
        record, thing = document.record, pages[document.url].data[0]["@graph"][0]
        twin = json.loads((sample / document.url / "index.json").read_text("utf-8"))
        assert thing["@type"] == "Legislation"
        assert thing.get("legislationIdentifier") == (record.number or record.index_number)
        assert thing["legislationType"] == record.kind
        assert thing["legislationDate"] == f"{record.signed}"
        assert [body["name"] for body in thing["legislationPassedBy"]] == list(record.issuers)
        force = FORCE[twin["validity"]["state"]]
        assert thing["legislationLegalForce"] == f"https://schema.org/{force}"
        for key, name in (("repeals", "legislationRepeals"), ("amends", "legislationChanges")):
            told = [other["url"] for other in thing.get(name, ())]
            assert told == [other["url"] for other in twin.get("relations", {}).get(key, ())]
            changing += len(told)
    assert changing


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", "WebSite"),
        ("policies/", "CollectionPage"),
        ("interpretations/2021/2021-001/", "Article"),
        ("plans/2021/2021-001/", "Report"),
        ("pages/report-2021/", "Report"),
        ("pages/guide/", "WebPage"),
        ("organs/finance/", "WebPage"),
        ("topics/transition/", "CollectionPage"),
    ],
)
def test_each_kind_of_page_is_what_schema_org_calls_it(
    pages: dict[str, Page], url: str, kind: str
) -> None:
    assert pages[url].data[0]["@graph"][0]["@type"] == kind


def test_a_body_is_a_government_organization(pages: dict[str, Page]) -> None:
    body = pages["organs/finance/"].data[0]["@graph"][0]["mainEntity"]

    assert body["@type"] == "GovernmentOrganization"
    assert body["name"] == pages["organs/finance/"].said["h1"]
    assert re.fullmatch(r"[\d-]+", body["telephone"])


@pytest.mark.parametrize("nasty", ["</script><script>alert(1)</script>", "<!--", "]]>", "\u2028"])
def test_no_title_can_end_the_data_block(nasty: str) -> None:
    made = settings()
    text = page_data(list_thing(nasty, "a/", nasty, made), (Link(nasty, "a/"),), made)

    assert "<" not in text
    assert json.loads(text)["@graph"][0]["name"] == nasty
