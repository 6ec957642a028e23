"""Whole pages, as templates and in a browser under the strict policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.theme import samples
from tests.theme.reading_room import (
    address,
    errors_of,
    open_page,
    render_page,
    violations,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEMPLATES = tuple(samples.PAGES)
DOCUMENT = "documents/policy.html"
SEARCH = "search/search.html"
LOOKS = (
    ("light", 390),
    ("elder", 390),
)
"""Desks, dark and contrast are looked at in the components and, on real pages, in tests/site."""
MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
FOOTER = (
    "党政机关网站标识",
    "我为政府网站找错",
    "网站标识码",
    "主办单位",
    "承办单位",
    "晋ICP备",
    "晋公网安备",
    "站点地图",
    "无障碍声明",
    "网站声明",
    "支持 IPv6",
)


class Outline(HTMLParser):
    """Headings, ids and what the ids are asked for."""

    def __init__(self, html: str) -> None:
        """Read it at once."""
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one start tag."""
        values = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if name := values.get("id"):
            self.ids.append(name)
        for key in ("aria-labelledby", "aria-controls", "aria-describedby", "for"):
            self.wanted += (values.get(key) or "").split()
        if (values.get("href") or "").startswith("#"):
            self.wanted.append((values["href"] or "")[1:])


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_has_one_h1_and_skips_no_level(template: str) -> None:
    """A reader who jumps by headings meets them in order."""
    levels = Outline(render_page(template)).levels
    body = levels[levels.index(1) :]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(body))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_id_is_unique_and_every_id_asked_for_is_there(template: str) -> None:
    """Labels, fragments and controls all lead somewhere."""
    outline = Outline(render_page(template))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.wanted) <= set(outline.ids)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_carries_the_statutory_footer_and_the_mark_of_a_sample(template: str) -> None:
    """What 国办发〔2017〕47号 asks of the foot of each page, and 「示例」 on top."""
    html = render_page(template)
    assert [words for words in FOOTER if words not in html] == []
    assert "「示例」" in html


def test_an_empty_part_of_a_topic_is_shown_with_its_reason() -> None:
    """A part without documents is never hidden."""
    html = render_page("topics/topic.html")
    assert "还没有收到需要公开回应的问题" in html
    assert html.count('aria-labelledby="p') == 6


@pytest.mark.parametrize(("mode", "width"), LOOKS)
def test_every_page_passes_axe_and_the_policy(
    chromium: Browser, axe_source: str, mode: str, width: int
) -> None:
    """No violation, nothing in the console, no sideways scroll."""
    page = open_page(chromium, width, mode)
    page.context.add_init_script(axe_source)
    faults = errors_of(page)
    for template in TEMPLATES:
        page.goto(address(template))
        faults += [f"{template}: {fault}" for fault in violations(page, mode)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{template}: scrolls sideways")
    page.context.close()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [320])
def test_the_elder_mode_has_large_text_and_large_targets(chromium: Browser, width: int) -> None:
    """适老化: text of 24 px, targets of 60 px, one column that needs no sideways scroll."""
    page = open_page(chromium, width, "elder")
    faults = []
    for template in TEMPLATES:
        page.goto(address(template))
        faults += [f"{template}: {fault}" for fault in page.evaluate(MEASURE, [24, 60])]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{template}: scrolls sideways")
    page.context.close()
    assert not faults, "\n".join(faults)


def test_targets_on_phones_are_44_px_high(chromium: Browser) -> None:
    """Whatever stands by itself can be hit with a thumb."""
    page = open_page(chromium, 390)
    faults = []
    for template in TEMPLATES:
        page.goto(address(template))
        faults += [f"{template}: {fault}" for fault in page.evaluate(MEASURE, [0, 44])]
    page.context.close()
    assert not faults, "\n".join(faults)


def test_a_choice_of_size_lasts_from_page_to_page(chromium: Browser) -> None:
    """The button says that it is pressed; the next page opens in the same size."""
    page = open_page(chromium, 390)
    page.goto(address(DOCUMENT))
    page.click(".header [data-set='size=large']")
    assert page.get_attribute(".dock [data-set]", "aria-pressed") == "true"
    page.goto(address("home/home.html"))
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    page.context.close()


def test_the_menu_opens_and_escape_closes_it(chromium: Browser) -> None:
    """The menu button of phones tells its state and gets the focus back."""
    page = open_page(chromium, 390)
    page.goto(address(DOCUMENT))
    assert not page.is_visible("#menu")
    page.click(".header__menu")
    assert page.is_visible("#menu")
    page.focus("#menu a")
    page.keyboard.press("Escape")
    assert not page.is_visible("#menu")
    assert page.evaluate("document.activeElement.matches('.header__menu')")
    page.context.close()


def test_without_scripts_everything_can_be_read_and_no_dead_button_is_seen(
    chromium: Browser,
) -> None:
    """The menu is open, search leads on by links, and buttons that do nothing are hidden."""
    page = open_page(chromium, 390, scripts=False)
    page.goto(address(DOCUMENT))
    assert page.is_visible("#menu a")
    assert page.locator("button:visible").count() == 0
    page.goto(address(SEARCH))
    assert page.is_visible("noscript p") or "JavaScript" in page.inner_text("main")
    assert page.is_visible("#browse a")
    page.context.close()
