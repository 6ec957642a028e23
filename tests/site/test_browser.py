"""Every type of page of the sample county in a real browser, served as `make serve` serves it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.serving.server import open_server
from tests.theme.reading_room import ASKED, MODES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAGES = (
    "",
    "columns/",
    "pages/guide/",
    "pages/report-2021/",
    "policies/",
    "policies/2021/",
    "policies/2018/2018-001/",
    "policies/2021/2021-006/",
    "policies/2021/2021-015/",
    "interpretations/2021/2021-001/",
    "plans/2021/2021-001/",
    "notices/2021/2021-004/",
    "lists/",
    "lists/power/",
    "lists/power/2021-12/changes/",
    "catalog/",
    "catalog/safety/",
    "catalog/safety/2024-06/changes/",
    "catalog/rows/safety-007/",
    "catalog/evaluation/",
    "organs/government-office/",
    "topics/transition/",
    "search/?q=%E5%85%AC%E5%BC%80",
    "search/directory/",
    "sitemap/",
    "nowhere/",
)
LOOKS = {390: ("light",), 1280: ("dark", "contrast", "elder")}
"""What is looked at on a phone and on a desk; tests/theme has the rest, on pages of its own."""
_SHOW = """([key, value]) => {
  for (const name of ["theme", "size"]) delete document.documentElement.dataset[name];
  document.documentElement.dataset[key] = value;
}"""
AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete']})"


@pytest.fixture(scope="session")
def address(sample: Path) -> Iterator[str]:
    """Where the sample county is served."""
    server = open_server("127.0.0.1", 0, sample)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def _context(browser: Browser, width: int, mode: str = "light") -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    ((key, value),) = MODES[mode].items()
    context.add_init_script(f"localStorage.setItem('gongkai.{key}', '{value}')")
    return context


def _unseen(incomplete: list[dict[str, Any]]) -> list[str]:
    """Text in the very colour of its ground: axe leaves it open, no reader can see it."""
    return [
        node["html"][:120]
        for rule in incomplete
        for node in rule["nodes"]
        for check in node["any"]
        if (check["data"] or {}).get("messageKey") == "equalRatio"
    ]


def _complaints(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("width", LOOKS)
def test_no_type_of_page_has_a_barrier_in_any_mode(
    chromium: Browser, axe_source: str, address: str, width: int
) -> None:
    context = _context(chromium, width)
    page = context.new_page()
    heard = _complaints(page)
    barriers = []
    for url in PAGES:
        page.goto(address + url)
        page.evaluate(axe_source)
        for mode in LOOKS[width]:
            page.evaluate(_SHOW, *MODES[mode].items())
            found = page.evaluate(AXE, ASKED[mode])
            barriers += [
                (url, mode, rule["id"], node["html"][:120])
                for rule in found["violations"]
                for node in rule["nodes"]
            ]
            barriers += [(url, mode, "unseen", html) for html in _unseen(found["incomplete"])]
    context.close()

    assert barriers == []
    assert [words for words in heard if "404" not in words] == []


@pytest.mark.parametrize("mode", ["light", "elder"])
def test_no_page_scrolls_sideways_on_the_narrowest_phone(
    chromium: Browser, address: str, mode: str
) -> None:
    context = _context(chromium, 320, mode)
    page = context.new_page()
    wide = []
    for url in PAGES:
        page.goto(address + url)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(url)
    context.close()

    assert wide == []


def test_without_javascript_everything_can_be_read_and_nothing_promises_more(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(address + "policies/2021/2021-015/")

    assert page.locator("main .prose h2").first.is_visible()
    assert page.get_by_role("button", name="打印").count() == 0
    page.goto(address + "search/?q=公开")
    assert page.locator("main").get_by_role("link", name="政策文件").first.is_visible()
    context.close()


def test_a_search_by_number_finds_the_document_whatever_the_brackets(
    chromium: Browser, address: str
) -> None:
    context = _context(chromium, 390)
    page = context.new_page()
    page.goto(address)
    page.locator("main input[type=search]").fill("尧政办发[2021]15号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")

    first = page.locator("#results a").first
    first.wait_for()
    assert "2021年政务公开工作要点" in first.inner_text()
    context.close()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(chromium: Browser, address: str) -> None:
    context = _context(chromium, 1280)
    page = context.new_page()
    page.goto(address + "policies/2021/2021-015/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    context.close()


def test_a_citizen_clicks_from_home_to_a_document_and_its_interpretation(
    chromium: Browser, address: str
) -> None:
    context = _context(chromium, 390)
    page = context.new_page()
    page.goto(address)
    page.locator("main a[href='policies/']").first.click()
    page.locator("main a[href$='policies/2021/']").first.click()
    page.locator("main a[href$='policies/2021/2021-015/']").first.click()

    assert page.url.endswith("/policies/2021/2021-015/")
    page.locator("summary", has_text="目录").first.click()
    assert page.get_by_role("link", name="一、加大公开力度").first.is_visible()
    page.locator("section[aria-labelledby=interpretations] a").first.click()
    assert "/interpretations/" in page.url
    context.close()


def test_a_repealed_document_says_so_first_and_leads_to_its_successor(
    chromium: Browser, address: str
) -> None:
    context = _context(chromium, 390)
    page = context.new_page()
    page.goto(address + "policies/2018/2018-001/")
    banner = page.locator("main").get_by_text("本文件已废止")

    assert banner.is_visible()
    page.locator("main a", has_text="现行").or_(page.locator("[class*=banner] a")).first.click()
    assert page.url.endswith("/policies/2022/2022-001/")
    context.close()
