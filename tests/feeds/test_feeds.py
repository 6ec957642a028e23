"""What can be subscribed to: whole, valid, steady, and telling of corrections."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from plugins.checking import check_content
from plugins.feeds.channels import FAMILIES
from plugins.library import columns_of
from plugins.library.columns import own_list
from plugins.library.library import PUBLIC
from plugins.presenting import feed_address
from plugins.reading.document import RECORD
from plugins.reading.entries import CORRECTED
from plugins.settings import Settings
from plugins.syndication import ENTRIES, Feed, Item, atom, feed_of, json_feed
from plugins.tracing import traced
from tests.county import POLICY, ROOT, SOUND, build, settings, tree_of, write_county

ATOM = "{http://www.w3.org/2005/Atom}"
POLICY_FILE = "policies/2021/2021-005.md"
CORRECTION = (
    "corrections:\n  - at: 2021-08-02 10:00\n    note: 附件第3行的数字由12改为21。\nsummary"
)
MENDED = POLICY.replace("summary", CORRECTION, 1)


def _feeds(folder: Path) -> list[Path]:
    return sorted((folder / "feeds").rglob("*.xml"))


def _xml(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  # our own output


def _twin_of(path: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return read


def test_every_feed_that_a_page_offers_is_there(sample: Path) -> None:
    offered = {
        (path.parent / found).resolve()
        for path in sample.rglob("index.html")
        for found in re.findall(
            r'(?:href|src)="([^":]*feeds/[^"]+\.(?:xml|json))"', path.read_text()
        )
    }

    assert sample.resolve() / "feeds/columns/enforcement.xml" in offered
    assert [path for path in offered if not path.is_file()] == []


def test_feedparser_finds_no_fault_in_any_feed(sample: Path) -> None:
    feeds = _feeds(sample)

    assert len(feeds) > 200
    for path in feeds:
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        for entry in parsed.entries:
            assert entry.title, path
            assert entry.author, path
            assert entry.summary, path
            assert entry.link.startswith("https://"), path
            assert entry.updated_parsed >= entry.published_parsed, path


def test_every_feed_has_what_rfc_4287_asks_for(sample: Path) -> None:
    for path in _feeds(sample):
        root = _xml(path.read_bytes())
        for part in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(part.findall(ATOM + name)) == 1, (path, name)
            moment = part.findtext(f"{ATOM}updated") or ""
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", moment), path
        ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) <= ENTRIES, path
        own = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert [link.get("href", "").endswith(path.name) for link in own] == [True]


def test_json_feed_and_atom_carry_the_same_items_in_the_same_order(sample: Path) -> None:
    for path in _feeds(sample):
        said = _twin_of(path)
        items = said["items"]
        assert isinstance(items, list)
        parsed = feedparser.parse(path.read_bytes())
        assert said["version"] == "https://jsonfeed.org/version/1.1"
        assert said["title"] == parsed.feed.title
        assert [(i["id"], i["url"], i["title"], i["date_modified"]) for i in items] == [
            (e.id, e.link, e.title, e.updated) for e in parsed.entries
        ]
        assert all(i["content_text"] and i["authors"][0]["name"] for i in items)


def test_there_is_a_feed_for_each_type_column_topic_part_body_and_word(
    sample: Path, sample_settings: Settings
) -> None:
    library = check_content(ROOT / "content", sample_settings).public
    channels = [channel for family in FAMILIES for channel in family.channels(library)]
    columns = [own_list(column, library) for column in columns_of(library).leaves]

    assert {"columns/statutory/fiscal/", "columns/enforcement/"} < set(columns)
    assert len({feed_address(channel.url) for channel in channels}) == len(channels)
    for address in (
        "all",
        *("policies", "interpretations", "plans", "notices"),
        *(url.removesuffix("/") for url in columns if url),
        *("topics/transition", "topics/transition/policies"),
        *("organs/finance", "policies/kind/tongzhi", "policies/category/normative"),
    ):
        assert (sample / f"feeds/{address}.xml").is_file(), address
        assert (sample / f"feeds/{address}.json").is_file(), address


def test_a_feed_holds_the_newest_of_its_own_page(sample: Path, sample_settings: Settings) -> None:
    """Every channel carries the same set as the look-ups that its page is made of."""
    library = check_content(ROOT / "content", sample_settings).public
    for family in FAMILIES:
        for channel in family.channels(library):
            path = sample / f"{feed_address(channel.url)}.xml"
            told = [e.id.partition(":2021:")[2] or e.id for e in feedparser.parse(path).entries]
            shown = [document.id for document in library.gathered(channel.keys)]
            assert {i.rpartition("2021:")[2] for i in told} == set(shown[:ENTRIES]), channel.url


def test_parts_of_a_topic_divide_its_documents(sample: Path, sample_settings: Settings) -> None:
    library = check_content(ROOT / "content", sample_settings).public
    topic = next(d for d in library if d.id == "topics/transition")
    members = library.members(topic)  # type: ignore[arg-type]  # it is one
    parts = library.vocabularies["topic_parts"].terms

    assert members
    for term in parts:
        path = sample / f"feeds/topics/transition/{term.key}.xml"
        told = {entry.link for entry in feedparser.parse(path).entries}
        assert {link.partition(".cn/")[2] for link in told} == {
            member.document.url for member in members if member.part == term.name
        }


def test_pages_name_the_feeds_of_what_they_show(sample: Path) -> None:
    for page, feed in (
        ("policies", "policies"),
        ("policies/2021", "policies"),
        ("policies/2021/2021-015", "policies"),
        ("topics/transition", "topics/transition"),
        ("organs/finance", "organs/finance"),
        ("columns/statutory/plan", "columns/statutory/plan"),
        ("policies/kind/tongzhi", "policies/kind/tongzhi"),
    ):
        text = (sample / page / "index.html").read_text("utf-8")
        for kind, ending in (("atom", "xml"), ("feed", "json")):
            media = f"application/{kind}+{ending}"
            found = re.findall(
                rf'<link rel="alternate" href="([./]+)([^"]+)" type="{re.escape(media)}"', text
            )
            assert f"feeds/{feed}.{ending}" in [address for _, address in found], (page, ending)


def test_the_index_names_every_feed_for_people_and_for_programmes(sample: Path) -> None:
    page = (sample / "feeds/index.html").read_text("utf-8")
    opml = _xml((sample / "feeds/index.opml").read_bytes())
    files = {path.relative_to(sample).as_posix() for path in _feeds(sample)}

    named = {
        (outline.get("xmlUrl") or "").partition(".cn/")[2]
        for outline in opml.iter("outline")
        if outline.get("type") == "rss"
    }
    assert opml.get("version") == "2.0"
    assert named == files
    for path in files:
        assert f'href="../{path}"' in page, path
        assert f'href="../{path.removesuffix("xml")}json"' in page, path


def test_every_page_that_opml_leads_to_exists(sample: Path) -> None:
    opml = _xml((sample / "feeds/index.opml").read_bytes())
    pages = {outline.get("htmlUrl", "") for outline in opml.iter("outline")} - {""}

    for page in pages:
        path = page.partition(".cn/")[2].partition("#")[0]
        assert (sample / path / "index.html").is_file(), page


def test_ids_stay_when_the_zone_moves_to_another_address(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    here, there = tmp_path / "here", tmp_path / "there"
    build(content, here, settings(site_url="https://one.example"))
    build(content, there, settings(site_url="https://two.example/zwgk"))

    for path in _feeds(here):
        old = feedparser.parse(path)
        new = feedparser.parse(there / path.relative_to(here))
        assert [e.id for e in old.entries] == [e.id for e in new.entries]
        assert old.feed.id == new.feed.id
    assert (here / "feeds/all.xml").read_bytes() != (there / "feeds/all.xml").read_bytes()


def test_a_correction_is_an_update_of_the_same_entry(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    build(write_county(tmp_path / "one"), before)
    build(write_county(tmp_path / "two", {**SOUND, POLICY_FILE: MENDED}), after)

    old = feedparser.parse(before / "feeds/policies.xml").entries
    new = feedparser.parse(after / "feeds/policies.xml").entries
    assert [e.id for e in old] == [e.id for e in new]
    assert (old[0].published, old[0].updated) == ("2021-07-15T09:30:00+08:00",) * 2
    assert new[0].published == "2021-07-15T09:30:00+08:00"
    assert new[0].updated == "2021-08-02T10:00:00+08:00"
    assert "附件第3行的数字由12改为21。" in new[0].summary
    page = (after / "policies/2021/2021-005/index.html").read_text("utf-8")
    assert "更正说明（2021年8月2日）" in page
    assert "附件第3行的数字由12改为21。" in page.partition("<main")[2]


def test_a_corrected_document_comes_back_however_old_it_is(tmp_path: Path) -> None:
    many = {
        f"policies/2021/2021-{n:03}.md": POLICY.replace("5号", f"{n}号")
        .replace("2021-07-15 09:30", f"2021-08-{n % 28 + 1:02} 11:00")
        .replace("signed: 2021-07-12", f"signed: 2021-08-{n % 28 + 1:02}")
        for n in range(100, 100 + ENTRIES)
    }
    build(write_county(tmp_path / "one", SOUND | many), tmp_path / "before")
    late = MENDED.replace("2021-08-02", "2021-10-08")
    build(write_county(tmp_path / "two", {**SOUND, **many, POLICY_FILE: late}), tmp_path / "after")

    before = feedparser.parse(tmp_path / "before/feeds/policies.xml").entries
    after = feedparser.parse(tmp_path / "after/feeds/policies.xml").entries
    assert len(before) == len(after) == ENTRIES
    assert not [e for e in before if e.id.endswith("/2021-005")]
    assert after[0].id.endswith("/2021-005")


def test_withdrawing_a_document_takes_it_from_every_channel(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    told = [p for p in tmp_path.joinpath("output").rglob("*") if _tells(p, "2021-001")]
    (content / "interpretations/2021/2021-001.md").unlink()
    build(content, tmp_path / "output")

    assert {"feeds/all.xml", "feeds/all.json", "feeds/documents/2021.csv"} <= {
        path.relative_to(tmp_path / "output").as_posix() for path in told
    }
    assert not [p for p in tmp_path.joinpath("output").rglob("*") if _tells(p, "2021-001")]


def _tells(path: Path, words: str) -> bool:
    return path.is_file() and f"interpretations/2021/{words}".encode() in path.read_bytes()


def test_a_new_document_changes_the_feeds_of_its_own_lists_only(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output/feeds")
    newer = POLICY.replace("5号", "6号").replace("2021-07-15", "2021-07-20")
    (content / "policies/2021/2021-006.md").write_text(newer, encoding="utf-8")
    build(content, tmp_path / "output")

    after = tree_of(tmp_path / "output/feeds")
    changed = {path.removesuffix(".xml") for path in after if after[path] != before.get(path)}
    assert {path for path in changed if not path.endswith((".json", ".csv", ".jsonld"))} == {
        "all",
        "policies",
        "columns/statutory/policy",
        "organs/office",
        "policies/kind/tongzhi",
        "policies/category/other",
        "policies/subject/affairs",
    }


def test_a_feed_reads_only_its_own_newest_documents(sample_settings: Settings) -> None:
    """What it reads is what it is remade for: see plugins.tracing."""
    library = check_content(ROOT / "content", sample_settings).public
    for family in FAMILIES:
        for channel in family.channels(library):
            with traced() as trace:
                feed_of(channel, library, sample_settings)
            own = {f"{PUBLIC}{index} {value}" for index, value in channel.keys}
            own |= {f"{PUBLIC}{CORRECTED}{index} {value}" for index, value in channel.keys}
            newest = library.newest(channel.keys, ENTRIES)
            assert trace.facts <= own | {f"{RECORD} {document.id}" for document in newest}


@pytest.mark.parametrize("nasty", ["<b>&\"'", "]]>", "控\x0b制", "</script>"])
def test_no_text_can_break_a_feed(nasty: str) -> None:
    moment = "2021-07-15T09:30:00+08:00"
    item = Item("tag:a", "https://a/?b&c", nasty, nasty, nasty, moment, moment, (nasty,))
    feed = Feed("tag:f", nasty, "https://a/", "https://a/f", moment, (item,))

    parsed = feedparser.parse(atom(feed))

    assert not parsed.bozo
    assert _xml(atom(feed)).findtext(f"{ATOM}title") == nasty.replace("\x0b", "")
    assert json.loads(json_feed(feed))["items"][0]["title"] == nasty


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2021-07-01 10:00", "早于发布时间或上一次更正"),
        ("2022-07-01 10:00", "还没有到"),
    ],
)
def test_a_correction_comes_after_publication_and_before_today(
    tmp_path: Path, at: str, said: str
) -> None:
    wrong = MENDED.replace("2021-08-02 10:00", at)
    content = write_county(tmp_path / "content", {**SOUND, POLICY_FILE: wrong})

    errors = check_content(content, settings()).errors

    assert len(errors) == 1
    assert said in errors[0].message
    assert errors[0].mark.line == wrong.split("at: 2")[0].count("\n") + 1
