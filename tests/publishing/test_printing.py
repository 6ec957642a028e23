"""A PDF is set when what it shows has changed, and only then; one with a flaw changes nothing."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from plugins import installing
from plugins.publishing import printing
from plugins.publishing.printing import Press, sweep
from plugins.typesetting import Attachment, Sheet
from plugins.typesetting import typeset as really
from tests.building.richer import pdf as any_pdf
from tests.county import (
    SOUND,
    THEME,
    ContentError,
    build,
    settings,
    tree_of,
    write_county,
)

GUIDE = """---
title: 某县政府信息公开指南
block: 政府信息公开指南
issuer: 某县人民政府办公室
published: 2021-01-04 09:00
updated: 2021-06-01
summary: 介绍怎样获取政府信息。
pdf: true
---

## 一、获取方式

见[节水通知](../policies/2021/2021-005.md)和流程图。

![办理流程图](flow.svg)
"""
FLOW = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">'
    '<rect width="{}" height="20"/></svg>'
)
FILES = {**SOUND, "pages/guide.md": GUIDE, "pages/flow.svg": FLOW.format(40)}
PDF = "pages/guide/guide.pdf"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county with one PDF, built once."""
    write_county(tmp_path / "content", FILES)
    build(tmp_path / "content", tmp_path / "output")
    return tmp_path


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """Every sheet that is typeset from now on."""
    sheets: list[Sheet] = []

    def noting(sheet: Sheet, *more: object) -> bytes:
        sheets.append(sheet)
        return really(sheet, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "typeset", noting)
    return sheets


def again(county: Path, theme: Path = THEME) -> tuple[list[str], list[str]]:
    """Build again; what was written and removed. The site must be the one built from nothing."""
    done = build(county / "content", county / "output", theme=theme)
    build(county / "content", county / "clean" / "output", theme=theme)
    assert tree_of(county / "output") == tree_of(county / "clean" / "output")
    return done.written, done.removed


def text_of(file: Path) -> str:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return "".join(page.extract_text() for page in pages)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_page_that_asks_for_it_has_a_pdf_and_leads_to_it(county: Path) -> None:
    page = (county / "output/pages/guide/index.html").read_text("utf-8")
    text = text_of(county / "output" / PDF)

    assert 'href="../../pages/guide/guide.pdf" download="某县政府信息公开指南.pdf"' in page
    for said in ("某县政务公开专区", "某县政府信息公开指南", "2021年6月1日", "获取方式"):
        assert said in text
    assert "https://www.example.gov.cn/pages/guide/" in text


def test_a_pdf_that_would_say_the_same_is_not_set_again(county: Path, typeset: list[Sheet]) -> None:
    edit(county / "content/policies/2021/2021-005.md", "居民用水", "单位用水")

    done = build(county / "content", county / "output")

    assert PDF not in done.written
    assert typeset == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pages/guide.md", "获取方式", "查阅方式"),
        ("pages/guide.md", "2021-06-01", "2021-06-02"),
        ("pages/flow.svg", 'width="40"', 'width="60"'),
    ],
)
def test_a_pdf_follows_its_text_and_its_pictures(
    county: Path, file: str, old: str, new: str
) -> None:
    edit(county / "content" / file, old, new)

    written, _ = again(county)

    assert PDF in written


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("print/10-page.css", "22pt/34pt", "20pt/34pt"),
        ("templates/print/macros.html", "以网上最新文本为准", "以网上文本为准"),
    ],
)
def test_a_pdf_follows_its_stylesheet_and_templates(
    county: Path, file: str, old: str, new: str
) -> None:
    theme = shutil.copytree(THEME, county / "theme")
    assert build(county / "content", county / "output", theme=theme).written == []
    edit(theme / file, old, new)

    written, removed = again(county, theme)

    assert (written, removed) == ([PDF], [])


def test_what_was_set_once_is_not_set_again_when_the_state_is_lost(
    county: Path, typeset: list[Sheet]
) -> None:
    shutil.rmtree(county / ".cache/builds")
    (county / "output" / PDF).unlink()

    done = build(county / "content", county / "output")

    assert PDF in done.written
    assert typeset == []


def test_a_damaged_pdf_of_the_cache_is_set_again(county: Path, typeset: list[Sheet]) -> None:
    before = (county / "output" / PDF).read_bytes()
    for kept in (county / ".cache/printed").glob("?" * 32):
        kept.write_bytes(kept.read_bytes()[:-9])
    (county / "output" / PDF).unlink()

    build(county / "content", county / "output")

    assert (county / "output" / PDF).read_bytes() == before
    assert len(typeset) == 1


def test_a_page_that_asks_no_more_has_none(county: Path) -> None:
    edit(county / "content/pages/guide.md", "pdf: true\n", "")

    _, removed = again(county)

    assert removed == [PDF]
    assert "guide.pdf" not in (county / "output/pages/guide/index.html").read_text("utf-8")


def test_a_character_without_a_glyph_stops_the_build_before_anything_changes(county: Path) -> None:
    before = tree_of(county / "output")
    edit(county / "content/pages/guide.md", "和流程图", "和流程图😀")
    edit(county / "content/policies/2021/2021-005.md", "居民用水", "单位用水")

    with pytest.raises(ContentError) as error:
        build(county / "content", county / "output")

    (problem,) = error.value.problems
    assert str(problem).startswith("content/pages/guide.md:13:42: ")
    assert "没有“😀”（U+1F600）这个字，在“节水通知和流程图😀。”里" in problem.message
    assert tree_of(county / "output") == before


def test_after_a_flaw_is_mended_the_site_is_whole(county: Path) -> None:
    edit(county / "content/pages/guide.md", "和流程图", "和流程图😀")
    with pytest.raises(ContentError):
        build(county / "content", county / "output")
    edit(county / "content/pages/guide.md", "和流程图😀", "及流程图")

    written, _ = again(county)

    assert PDF in written


def test_without_fonts_the_build_says_so_and_changes_nothing(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree_of(county / "output")
    edit(county / "content/pages/guide.md", "获取方式", "查阅方式")
    monkeypatch.setattr(installing, "FONT_FOLDERS", ())

    with pytest.raises(ContentError) as error:
        build(county / "content", county / "output")

    assert len(error.value.problems) == 4
    assert all("字体没有装" in problem.message for problem in error.value.problems)
    assert all("make setup" in problem.remedy for problem in error.value.problems)
    assert tree_of(county / "output") == before


def test_a_site_without_pdfs_needs_no_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "FONT_FOLDERS", ())
    write_county(tmp_path / "content")

    assert build(tmp_path / "content", tmp_path / "output").pages > 0
    assert build(tmp_path / "content", tmp_path / "output").written == []


def test_a_picture_that_is_none_is_told_with_its_page(county: Path) -> None:
    (county / "content/pages/flow.svg").write_text("no picture", "utf-8")

    with pytest.raises(ContentError) as error:
        build(county / "content", county / "output")

    (problem,) = error.value.problems
    assert problem.path == "content/pages/guide.md"
    assert problem.message == "PDF 里的图片“flow.svg”打不开"


def test_a_file_of_the_same_name_is_told(county: Path) -> None:
    content = county / "content"
    edit(content / "pages/guide.md", "pdf: true", "pdf: true\nattachments: [guide.pdf]")
    (content / "pages/guide.pdf").write_bytes(any_pdf("one"))

    with pytest.raises(ContentError) as error:
        build(content, county / "output")

    (problem,) = error.value.problems
    assert "打印版的文件名是 guide.pdf" in problem.message
    assert problem.subject == "打印版（pdf）"


def test_what_travels_inside_a_pdf_tells_it_from_others(tmp_path: Path) -> None:
    press = Press(THEME / "print", tmp_path)
    one, other = (Attachment("a.md", data, "", "Source") for data in (b"1", b"2"))

    keys = {press.key(Sheet("", "", "", attachments=files)) for files in ((), (one,), (other,))}

    assert len(keys) == 3


def test_pdfs_that_nobody_uses_are_removed_in_time(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:032x}").write_bytes(b"")
    (tmp_path / "work").mkdir()

    sweep(tmp_path, 70)
    kept = len(list(tmp_path.iterdir()))
    sweep(tmp_path, 50)

    assert kept == 121
    assert len(list(tmp_path.iterdir())) == 51


def test_the_same_county_elsewhere_has_the_same_pdf(county: Path, tmp_path: Path) -> None:
    write_county(tmp_path / "另一处" / "content", FILES)

    build(tmp_path / "另一处/content", tmp_path / "另一处/output", settings())

    assert (tmp_path / "另一处/output" / PDF).read_bytes() == (county / "output" / PDF).read_bytes()


def test_pdfs_that_several_processes_set_are_those_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {f"pages/guide{n}.md": GUIDE.replace("获取方式", f"获取方式{n}") for n in "123"}
    content = write_county(tmp_path / "content", FILES | more)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    build(content, tmp_path / "one/output")
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    build(content, tmp_path / "several/output")

    assert tree_of(tmp_path / "several/output") == tree_of(tmp_path / "one/output")
    for n in "13":
        edit(content / f"pages/guide{n}.md", "获取方式", "\U00032000")
    with pytest.raises(ContentError) as error:
        build(content, tmp_path / "several/output")
    assert [problem.path for problem in error.value.problems] == [
        f"content/pages/guide{n}.md" for n in "13"
    ]
