"""What the theme may weigh, and what it may never hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.theme import samples
from tests.theme.reading_room import render_page
from tests.theme.workbench import (
    COMPONENTS,
    STATIC,
    TEMPLATES,
    THEME,
    environment,
    script,
    stylesheet,
    zipped,
)

ALL_TEMPLATES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
KINDS = {".html", ".css", ".js", ".svg"}
SHIPPED = sorted(
    path
    for path in THEME.rglob("*")
    if path.suffix in KINDS and path.parent != STATIC / "vendor"  # others' work, as they gave it
)
STYLES = [path for path in SHIPPED if path.suffix == ".css"]
KB = 1024


def test_all_styles_together_weigh_at_most_8_kb_zipped() -> None:
    """One style sheet for the whole site, with nothing taken out but comments and indentation."""
    assert zipped(stylesheet()) <= 8 * KB


def test_the_scripts_of_every_page_weigh_at_most_4_kb_zipped() -> None:
    """gongkai.js and early.js together."""
    early = (STATIC / "standalone/early.js").read_text("utf-8")
    assert zipped(script()) + zipped(early) <= 4 * KB


def test_what_the_search_page_alone_loads_weighs_at_most_24_kb_zipped() -> None:
    """Engine, excerpts, page and lunr itself; the first files of the index are told elsewhere."""
    own = [*(STATIC / "standalone").glob("search*"), *(STATIC / "standalone").glob("find.css")]
    texts = [path.read_text("utf-8") for path in [*own, STATIC / "vendor/lunr.min.js"]]
    assert sum(map(zipped, texts)) <= 24 * KB


def test_the_filter_of_tables_weighs_at_most_2_kb_zipped() -> None:
    """It is loaded by pages with long tables only."""
    assert zipped((STATIC / "standalone/table-filter.js").read_text("utf-8")) <= 2 * KB


def test_what_keeps_issues_of_the_gazette_weighs_at_most_4_kb_zipped() -> None:
    """It is loaded by pages of the gazette only."""
    own = [*(STATIC / "standalone").glob("offline*"), STATIC / "rooted/gazette/worker.js"]
    assert sum(zipped(path.read_text("utf-8")) for path in own) <= 4 * KB


@pytest.mark.parametrize("template", samples.PAGES)
def test_a_sample_page_weighs_at_most_15_kb_zipped(template: str) -> None:
    """Every page template, filled with the sample county."""
    assert zipped(render_page(template)) <= 15 * KB


PAPERS = {"print/paper-16k.html", "print/paper-crosswise.html"}
"""They are set into PDFs and never seen by a browser."""


@pytest.mark.parametrize("template", ALL_TEMPLATES)
def test_a_template_parses(template: str) -> None:
    """Jinja can read it."""
    environment().get_template(template)


@pytest.mark.parametrize("template", [name for name in ALL_TEMPLATES if name not in PAPERS])
def test_a_template_holds_no_inline_script_style_or_event(template: str) -> None:
    """The site's policy is default-src 'self': a browser would ignore them; data are no script."""
    text = (TEMPLATES / template).read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|data:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=| type=.application/ld\+json.>)", text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(THEME).as_posix())
def test_a_shipped_file_names_no_host(path: Path) -> None:
    """Nothing is fetched from elsewhere; the name of SVG's own namespace is no address."""
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|(?<![:\"'])//[a-z]+\.[a-z]", text)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.relative_to(THEME).as_posix())
def test_styles_are_written_one_declaration_a_line_and_fetch_nothing(path: Path) -> None:
    """A pleasure to read; no import, no picture, no font."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not [line for line in text.splitlines() if line.count(";") > 1]
    assert "@import" not in text
    assert "url(" not in text


def test_every_style_of_a_component_stands_in_its_own_room() -> None:
    """No component.css or component.js lies anywhere else."""
    strays = [path for path in THEME.rglob("component.*") if path.parent.parent != COMPONENTS]
    assert strays == []
