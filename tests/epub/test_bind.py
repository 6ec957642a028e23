"""A book that every reader opens, and that leads from leaf to leaf."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from plugins.epub import Section, UnfitPictureError, bind
from tests.county import ROOT as PROJECT
from tests.epub.judge import complaints
from tests.epub.shelf import (
    NAMESPACES,
    NUMBERS,
    ROOT,
    RULES,
    TYPE,
    body_of,
    book,
    chapter,
    file_of,
    leaf,
    png,
    text_of,
)


def links_of(epub: bytes, name: str) -> dict[str, str]:
    """Words → where they lead."""
    found = leaf(epub, name).iterfind(".//x:a", NAMESPACES)
    return {"".join(link.itertext()): link.get("href", "") for link in found}


def metas_of(epub: bytes, name: str) -> list[str]:
    found = leaf(epub, "package.opf").iterfind(f".//opf:meta[@property='{name}']", NAMESPACES)
    return [meta.text or "" for meta in found]


def test_epubcheck_finds_nothing_to_say_but_of_a_book_that_is_unsound(tmp_path: Path) -> None:
    bare = book(
        sections=(Section("", (chapter(1, "通知", "正文。"),)),),
        cover=(),
        series="",
        printed="",
        description="",
        rights="",
    )
    notes = '<p id="a">甲<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
    notes += '<div class="footnote"><hr><ol><li id="fn:1"><p>注'
    notes += '<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    noted = replace(chapter(1, "带注", ""), html=notes)
    unsound = replace(chapter(1, "坏的", ""), html='<p id="a">甲</p><p id="a">乙</p>')
    books = []
    for name, given in {
        "whole": book(),
        "bare": bare,
        "noted": book(sections=(Section("", (noted,)),)),
        "unsound": book(sections=(Section("", (unsound,)),)),
    }.items():
        books.append(tmp_path / f"{name}.epub")
        books[-1].write_bytes(bind(given))

    said = complaints(*books)

    assert [line for line in said if "unsound.epub" not in line] == []
    assert any('Duplicate ID "a"' in line for line in said)


def test_a_book_is_the_same_bytes_in_another_folder_zone_and_order_of_hashes(
    tmp_path: Path,
) -> None:
    program = "import sys; from plugins.epub import bind; from tests.epub.shelf import book;"
    program += "sys.stdout.buffer.write(bind(book()))"
    there = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "TZ": "America/New_York",
            "PYTHONHASHSEED": "99",
            "LC_ALL": "C",
            "PYTHONPATH": str(PROJECT),
        },
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert there.stdout == bind(book())


def test_a_reader_knows_the_kind_of_file_by_its_first_bytes() -> None:
    epub = bind(book())

    assert epub[30:58] == b"mimetypeapplication/epub+zip"
    with ZipFile(BytesIO(epub)) as archive:
        first, *others = archive.infolist()
    assert first.compress_type == ZIP_STORED
    assert first.extra == b""
    assert {entry.date_time for entry in [first, *others]} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("number", "source"), [(1, NUMBERS), (2, RULES)])
def test_the_text_of_a_chapter_is_that_of_the_document(number: int, source: str) -> None:
    body = body_of(source, f"policies/2021/2021-{number:03}")

    assert text_of(bind(book()), f"{number:02}") == body.text


def test_links_between_chapters_stay_in_the_book_and_others_become_absolute() -> None:
    links = links_of(bind(book()), "chapter-01.xhtml")

    assert links == {
        "第二条": "chapter-02.xhtml#t2",
        "本条": "chapter-01.xhtml#t1",
        "旧文": f"{ROOT}policies/2020/2020-001/",
        "别处": "http://%E4%BE%8B%E5%AD%90.%E4%B8%AD%E5%9B%BD/%E8%B7%AF%E5%BE%84/%5B1%5D"
        "?a=100%25&b=%E5%85%AC",
        "来信": "mailto:a@example.gov.cn",
        "下载：会议录像": f"{ROOT}policies/2021/2021-001/%E4%BC%9A%E8%AE%AE.mp4",
    }


def test_a_link_to_what_the_book_has_not_of_a_page_leads_to_its_text() -> None:
    assert links_of(bind(book()), "chapter-02.xhtml") == {"附件": "chapter-01.xhtml"}


def test_of_two_chapters_with_one_address_each_links_to_itself_and_others_to_the_first() -> None:
    twin = replace(chapter(1, "再次刊登", "第一条　见[本条](#t1)。"), id="09")
    other = chapter(3, "解读", "见[通知](2021-001.md#t1)。")
    sections = (Section("文件", (chapter(1, "通知", RULES), twin, other)),)

    epub = bind(book(sections=sections))

    assert links_of(epub, "chapter-09.xhtml") == {"本条": "chapter-09.xhtml#t1"}
    assert links_of(epub, "chapter-03.xhtml") == {"通知": "chapter-01.xhtml#t1"}


def test_a_picture_lies_in_the_book_with_its_words() -> None:
    epub = bind(book())

    image = leaf(epub, "chapter-01.xhtml").find(".//x:img", NAMESPACES)
    assert image is not None
    assert image.attrib == {"alt": "2021年收入柱状图", "src": "picture-1.png"}
    assert file_of(epub, "picture-1.png") == png()


def test_a_picture_that_was_not_given_or_that_readers_need_not_know_is_refused() -> None:
    with pytest.raises(UnfitPictureError, match=r"收入\.png"):
        bind(book(pictures={}))
    tiff = chapter(1, "图", "![图](图.tif)")
    address = f"{ROOT}policies/2021/2021-001/图.tif"
    with pytest.raises(UnfitPictureError, match=r"图\.tif"):
        bind(book(sections=(Section("", (tiff,)),), pictures={address: b"II*\0"}))


def test_columns_are_groups_of_the_contents_and_empty_ones_are_left_out() -> None:
    sections = (*book().sections, Section("人事任免", ()))
    contents = leaf(bind(book(sections=sections)), "contents.xhtml")

    groups = contents.findall("./x:body/x:nav/x:ol/x:li", NAMESPACES)[:2]
    shown = [
        (
            group.findtext("x:span", "", NAMESPACES),
            [link.text for link in group.iterfind("x:ol/x:li/x:a", NAMESPACES)],
        )
        for group in groups
    ]
    assert shown == [
        ("区人民政府文件", ["关于<收入>的通知", "管理办法"]),
        ("政策解读", ["解读"]),
    ]
    assert "人事任免" not in "".join(contents.itertext())


def test_printed_pages_lead_to_the_first_chapter_that_begins_on_them() -> None:
    epub = bind(book())
    navs = leaf(epub, "contents.xhtml").iterfind(".//x:nav", NAMESPACES)
    pages = next(nav for nav in navs if nav.get(TYPE) == "page-list")

    listed = [(link.text, link.get("href")) for link in pages.iterfind(".//x:a", NAMESPACES)]
    marks = [
        mark.get("aria-label")
        for name in ("chapter-01.xhtml", "chapter-02.xhtml", "chapter-03.xhtml")
        for mark in leaf(epub, name).iterfind(".//x:span[@role='doc-pagebreak']", NAMESPACES)
    ]

    assert listed == [("1", "chapter-01.xhtml#_page-1"), ("4", "chapter-03.xhtml#_page-4")]
    assert marks == ["第1页", "第4页"]
    assert metas_of(epub, "pageBreakSource") == [f"{ROOT}gazette/2021-01/2021-01.pdf"]


def test_what_a_book_says_of_its_accessibility_follows_from_what_it_holds() -> None:
    whole = bind(book())
    plain = bind(book(sections=(Section("", (chapter(1, "通知", "正文。"),)),)))

    assert metas_of(whole, "schema:accessMode") == ["textual", "visual"]
    assert metas_of(plain, "schema:accessMode") == ["textual"]
    assert "alternativeText" in metas_of(whole, "schema:accessibilityFeature")
    assert "pageNavigation" in metas_of(whole, "schema:accessibilityFeature")
    assert metas_of(plain, "schema:accessibilityFeature") == [
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
    ]
    assert metas_of(whole, "schema:accessibilityHazard") == ["none"]


def test_a_picture_that_may_move_is_no_promise_of_safety() -> None:
    moving = chapter(1, "图", "![图](图.gif)")
    pictures = {f"{ROOT}policies/2021/2021-001/图.gif": b"GIF89a"}

    epub = bind(book(sections=(Section("", (moving,)),), pictures=pictures))

    assert metas_of(epub, "schema:accessibilityHazard") == ["unknown"]


def test_moments_are_beijing_time_unless_they_say_otherwise() -> None:
    corrected = datetime(2021, 8, 1, 0, 0, tzinfo=UTC)

    assert metas_of(bind(book()), "dcterms:modified") == ["2021-07-15T01:30:00Z"]
    assert metas_of(bind(book(modified=corrected)), "dcterms:modified") == ["2021-08-01T00:00:00Z"]


def test_chapters_need_names_of_their_own() -> None:
    first = chapter(1, "通知", "正文。")

    with pytest.raises(ValueError, match="01"):
        book(sections=(Section("", (first, first)),))
    with pytest.raises(ValueError, match="/"):
        book(sections=(Section("", (replace(first, id="../x"),)),))
    with pytest.raises(ValueError, match="公报"):
        bind(book(sections=()))
