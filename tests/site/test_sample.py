"""The sample county as a whole: links, clicks from home, heads, budgets."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from plugins.auditing import allowed
from plugins.origins.selfcontained import faults_in
from plugins.presenting import written_moment
from tests.county import ROOT

HOME = "https://site.example/zwgk/"
STATUTORY = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
)
SITE_METAS = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN_METAS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE_METAS = {"ArticleTitle", "PubDate", "ContentSource"}
KIB = 1024


class Reader(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.resources: list[str] = []
        self.ids: list[str] = []
        self.metas: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.inline: list[str] = []
        self.title = ""
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in {"img", "script", "source", "iframe"} and "src" in given:
            self.resources.append(given["src"])
        if tag == "link" and given["rel"] != "canonical":
            self.resources.append(given["href"])
        if tag == "meta" and "name" in given:
            self.metas.append((given["name"], given["content"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self._in_title = tag == "title" and not self.title
        is_data = given.get("type") == "application/ld+json"
        bare_script = tag == "script" and "src" not in given and not is_data
        if (
            tag == "style"
            or bare_script
            or "style" in given
            or any(k.startswith("on") for k in given)
        ):
            self.inline.append(self.get_starttag_text() or tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False


@pytest.fixture(scope="session")
def pages(sample: Path) -> dict[str, Reader]:
    """Every page of the sample, path → what it holds."""
    return {
        path.relative_to(sample).as_posix(): Reader(path.read_text("utf-8"))
        for path in sorted(sample.rglob("*.html"))
    }


def _target(page: str, link: str) -> tuple[str, str] | None:
    """(path in the output, anchor) of a link; None if it leaves the site."""
    where, anchor = urldefrag(urljoin(HOME + page.removesuffix("index.html"), link))
    if not where.startswith(HOME):
        return None
    path = unquote(urlsplit(where).path).removeprefix("/zwgk/")
    return (path + "index.html" if path.endswith("/") or not path else path), unquote(anchor)


def _inner(pages: dict[str, Reader], page: str) -> Iterator[tuple[str, str, str]]:
    for link in pages[page].links:
        if target := _target(page, link):
            yield link, *target


def test_every_link_and_every_anchor_leads_somewhere(
    sample: Path, pages: dict[str, Reader]
) -> None:
    lost = [
        (page, link)
        for page in pages
        if page != "404.html"
        for link, path, anchor in _inner(pages, page)
        if not (sample / path).is_file()
        or (anchor and path in pages and anchor not in pages[path].ids)
    ]

    assert lost == []


def test_the_page_for_lost_addresses_leads_back_from_any_depth(
    sample: Path, pages: dict[str, Reader]
) -> None:
    links = [link for link in pages["404.html"].links if link.startswith("/")]

    assert links
    for link in links:
        path = link.partition("#")[0].removeprefix("/")
        assert (sample / path / "index.html").is_file() or (sample / path).is_file(), link


def test_no_page_needs_anything_from_another_host(pages: dict[str, Reader]) -> None:
    foreign = [
        (page, resource)
        for page, reader in pages.items()
        for resource in reader.resources
        if urlsplit(resource).netloc or urlsplit(resource).scheme
    ]

    assert foreign == []


def test_every_file_that_a_page_needs_is_there(sample: Path, pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        for resource in reader.resources if page != "404.html" else ():
            target = _target(page, resource)
            assert target is not None
            assert (sample / target[0]).is_file(), (page, resource)


def test_no_page_has_script_or_style_of_its_own(pages: dict[str, Reader]) -> None:
    assert {page: r.inline for page, r in pages.items() if r.inline} == {}


def moved(sample: Path) -> dict[str, int]:
    """Pages at addresses that are no more → what a server answers there."""
    rows = json.loads((sample / "redirects.json").read_text("utf-8"))["redirects"]
    return {f"{row['from'].removeprefix('/')}index.html": row["status"] for row in rows}


def test_no_document_is_more_than_three_clicks_from_home(
    sample: Path, pages: dict[str, Reader]
) -> None:
    distance = {"index.html": 0}
    edge = ["index.html"]
    for clicks in (1, 2, 3):
        edge = [
            path
            for page in edge
            for _, path, _ in _inner(pages, page)
            if path in pages and distance.setdefault(path, clicks) == clicks
        ]
        edge = sorted(set(edge))

    far = [page for page in pages if page not in distance | {"404.html": 0} | moved(sample)]
    assert far == []


def test_every_statutory_item_is_at_most_three_clicks_from_home(
    pages: dict[str, Reader],
) -> None:
    """条例 20 has fifteen items, 条例 21 seven for a county and eight for a township."""
    reached = edge = {"index.html"}
    for _ in range(3):
        edge = {path for page in edge for _, path, _ in _inner(pages, page) if path in pages}
        reached = reached | edge
    words = (ROOT / "content/vocabularies/columns.yaml").read_text("utf-8")
    keys = re.findall(r"^  key: (.*)$", words, re.MULTILINE)[:30]

    assert len({key for key in keys if key.startswith("county-")}) == 7
    assert len({key for key in keys if key.startswith("town-")}) == 8
    assert {f"columns/statutory/{key}/index.html" for key in keys} <= reached
    assert "columns/regulations/index.html" in reached


def test_the_five_statutory_blocks_stand_on_the_home_page_by_their_exact_names(
    sample: Path,
) -> None:
    home = (sample / "index.html").read_text("utf-8")

    for name in STATUTORY:
        assert home.count(f">{name}<") >= 1, name


def test_ids_are_unique_and_headings_skip_no_level(pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        assert len(reader.ids) == len(set(reader.ids)), page
        assert reader.headings.count(1) == 1, page
        steps = zip([0, *reader.headings], reader.headings, strict=False)
        assert all(later - earlier <= 1 for earlier, later in steps), (page, reader.headings)


def test_no_two_pages_have_one_title(pages: dict[str, Reader]) -> None:
    titles = [reader.title for reader in pages.values()]

    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_every_page_carries_the_government_meta_tags_once_each(
    sample: Path, pages: dict[str, Reader]
) -> None:
    gone = moved(sample)
    for page, reader in pages.items():
        names = [name for name, _ in reader.metas]
        wanted = SITE_METAS | COLUMN_METAS
        document = re.match(
            r"(policies|interpretations|plans|notices|questions)/\d{4}/[^/]{3,}/", page
        )
        if document and page not in gone:
            wanted = wanted | ARTICLE_METAS
        assert wanted <= set(names), page
        known = wanted | {"Keywords", "Author", "Description", "Image", "Url"} | ARTICLE_METAS
        for name in known & set(names):
            assert names.count(name) == 1, (page, name)
        assert all(content for name, content in reader.metas if name in known), page


def test_a_document_can_fill_all_fifteen_meta_tags(pages: dict[str, Reader]) -> None:
    optional = {"Keywords", "Author", "Description", "Image", "Url"}
    everything = SITE_METAS | COLUMN_METAS | ARTICLE_METAS | optional

    assert len(everything) == 15
    assert any(everything <= {name for name, _ in reader.metas} for reader in pages.values())


def test_pubdate_is_the_visible_time_of_publication(sample: Path, pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        for name, content in reader.metas:
            if name == "PubDate" and not page.startswith(("organs/", "topics/")):
                shown = written_moment(datetime.fromisoformat(content))
                body = (sample / page).read_text("utf-8").partition("<body")[2]
                assert f'{content.replace(" ", "T")}+08:00">{shown}<' in body, page


def test_every_page_says_that_it_is_a_sample(sample: Path, pages: dict[str, Reader]) -> None:
    for page in pages:
        assert "示例" in (sample / page).read_text("utf-8").partition("<main")[0], page


def _weight(folder: Path, *names: str) -> int:
    return sum(len(gzip.compress((folder / name).read_bytes(), 9)) for name in names)


def test_typical_pages_keep_to_their_budget(sample: Path, pages: dict[str, Reader]) -> None:
    sizes = sorted(len(gzip.compress((sample / page).read_bytes(), 9)) for page in pages)

    assert sizes[int(len(sizes) * 0.95)] <= 15 * KIB
    theme = sample / "theme"
    assert _weight(theme, "gongkai.css") <= 8 * KIB
    assert _weight(theme, "gongkai.js", "early.js") <= 4 * KIB


def listed_documents(sample: Path) -> list[dict[str, str]]:
    """What the lists for other platforms say, all years together."""
    years = json.loads((sample / "feeds/documents.json").read_text("utf-8"))["years"]
    names = [year["url"].rpartition("/")[2] for year in years]
    lists = [(sample / "feeds/documents" / name).read_text("utf-8") for name in names]
    assert [len(json.loads(text)["documents"]) for text in lists] == [y["count"] for y in years]
    return [row for text in lists for row in json.loads(text)["documents"]]


def test_the_sample_county_shows_every_kind_of_document_over_three_years(sample: Path) -> None:
    rows = listed_documents(sample)

    assert len(rows) >= 60
    assert {row["kind"] for row in rows} == {
        "政策文件",
        "政策解读",
        "规划计划",
        "公告公示",
        "政策问答",
        "清单",
        "标准目录",
        "专题",
        "政策包",
        "政府公报",
        "常设页面",
        "机构",
    }
    assert {"2021", "2022", "2023"} <= {row["published"][:4] for row in rows}
    assert {"现行有效", "已修改", "废止", "失效", "尚未施行"} == {
        row["validity"] for row in rows if row["validity"]
    }


def test_each_clause_of_the_work_points_has_its_anchor(pages: dict[str, Reader]) -> None:
    ids = pages["policies/2021/2021-015/index.html"].ids

    clauses = {1: 5, 2: 5, 3: 4, 4: 5, 5: 3, 6: 3}
    for part, count in clauses.items():
        assert {f"s{part}.{clause}" for clause in range(1, count + 1)} <= set(ids), part
    assert {"s7", "s8"} <= set(ids)


def test_sitemap_and_robots_name_the_documents(sample: Path) -> None:
    index = re.findall(r"<loc>([^<]+)</loc>", (sample / "sitemap.xml").read_text("utf-8"))
    maps = [(sample / "sitemaps" / url.rpartition("/")[2]).read_text("utf-8") for url in index]
    listed = [url for text in maps for url in re.findall(r"<loc>([^<]+)</loc>", text)]
    rows = listed_documents(sample)

    assert {row["url"] for row in rows} <= set(listed)
    assert len(listed) == len(set(listed))
    assert "Sitemap: https://" in (sample / "robots.txt").read_text("utf-8")


def test_the_sample_loads_nothing_from_elsewhere_and_leads_to_listed_sites(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    assert list(faults_in(sample, allowed(ROOT / "content"))) == []
