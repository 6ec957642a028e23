"""按要素检索: any two elements give the rows that a plain filter over the data gives."""

from __future__ import annotations

import itertools
import json
import random
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.serving.server import open_server
from tests.catalog.large import county
from tests.county import build, settings, write_county

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROWS = 600
SHOWN = 10
"""So many rows a phone shows at first."""
GO = """async address => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  await new Promise(done => setTimeout(done, 0));
}"""
Row = tuple[str, dict[str, set[str]]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    build(write_county(folder / "content", county(ROWS)), folder / "output", settings())
    return folder / "output"


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((site / "catalog/find/rows.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def rows(data: dict[str, Any]) -> list[Row]:
    """Each row's id, and its values' keys by element: what the plain filter goes by."""
    elements = data["elements"]
    return [
        (
            row[0],
            {
                element["key"]: {
                    element["values"][v][0] for v in (cell if isinstance(cell, list) else [cell])
                }
                for element, cell in zip(elements, row[3:], strict=True)
            },
        )
        for row in data["rows"]
    ]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = open_server("127.0.0.1", 0, site)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{address}catalog/find/")
    page.locator("#find-count", has_text="共").wait_for()
    yield page
    context.close()


def shown(page: Page) -> tuple[int, list[str]]:
    """The number that is told, and the ids of the rows that are listed."""
    number = re.search(r"(\d+) 项", page.locator("#find-count").inner_text())
    assert number
    ids = page.eval_on_selector_all("#find-rows > li", "found => found.map(f => f.dataset.row)")
    return int(number[1]), ids


def test_what_is_packed_for_the_browser_is_what_the_tables_say(
    rows: list[Row], data: dict[str, Any]
) -> None:
    files = county(ROWS)
    written = [
        line.split(",")[0].strip('"')
        for name, text in files.items()
        if name.endswith(".csv")
        for line in bytes(text).decode("utf-8-sig").splitlines()[1:]  # type: ignore[arg-type]
    ]

    assert [row_id for row_id, _ in rows] == written
    assert {element["key"] for element in data["elements"]} >= {"area", "limit", "basis", "level"}
    assert next(row for row in data["rows"] if row[1])[1] == 1


def test_without_scripts_every_value_of_every_element_lists_its_rows(
    site: Path, rows: list[Row], data: dict[str, Any]
) -> None:
    for element in data["elements"]:
        for key, word in element["values"]:
            expected = [row_id for row_id, values in rows if key in values[element["key"]]]
            folder = site / "catalog/find" / element["key"] / key
            if len(expected) == 1:
                assert (site / "catalog/rows" / expected[0] / "index.html").is_file()
                continue
            pages = sorted(folder.rglob("index.html"))
            assert pages, (element["key"], word)
            listed = [
                row_id
                for found in pages
                for row_id in re.findall(
                    r'href="[^"]*catalog/rows/([^/"]+)/"', found.read_text("utf-8")
                )
            ]
            assert sorted(listed) == sorted(expected), (element["key"], word)


def test_any_two_elements_give_the_rows_of_a_plain_filter(
    page: Page, rows: list[Row], data: dict[str, Any]
) -> None:
    """Elements with AND; two values of one element with OR."""
    chance = random.Random(7)
    pairs = list(itertools.combinations(data["elements"], 2))
    for first, second in pairs:
        one, other = chance.choice(first["values"])[0], chance.choice(second["values"])[0]
        third = chance.choice(second["values"])[0]
        expected = [
            row_id
            for row_id, values in rows
            if one in values[first["key"]] and {other, third} & values[second["key"]]
        ]
        asked = f"{first['key']}={one}&{second['key']}={other}&{second['key']}={third}"
        page.evaluate(GO, f"?{asked}")

        number, ids = shown(page)

        assert (number, ids) == (len(expected), expected[:SHOWN]), asked


def test_each_number_beside_a_value_is_what_choosing_it_would_give(page: Page) -> None:
    page.locator("summary", has_text="公开对象").click()
    page.get_by_role("checkbox", name="全社会").check()
    page.locator("summary", has_text="公开层级").click()
    promised = [
        int(text.rstrip("项"))
        for text in page.locator(
            "details:has(summary:has-text('公开层级')) .count"
        ).all_inner_texts()
        if text.rstrip("项").isdecimal()
    ]

    given = []
    for number in range(len(promised)):
        box = page.locator("details:has(summary:has-text('公开层级')) input").nth(number)
        box.check()
        given.append(shown(page)[0])
        page.locator("details:has(summary:has-text('公开层级')) input:checked").first.uncheck()

    assert sorted(given) == sorted(promised)


def test_the_address_says_what_was_chosen_and_the_way_back_undoes_it(page: Page) -> None:
    everything, _ = shown(page)
    page.locator("summary", has_text="公开方式").click()
    page.get_by_role("checkbox", name="依申请").check()
    fewer, ids = shown(page)
    address = page.url

    page.goto("about:blank")
    page.goto(address)
    page.locator("#find:not([hidden])").wait_for()

    assert fewer < everything
    assert "manner=" in address
    assert shown(page) == (fewer, ids)
    page.locator(".find__chip").first.click()
    assert shown(page)[0] == everything
    page.go_back()
    assert shown(page)[0] == fewer


def test_words_are_looked_for_in_the_long_texts_too(
    page: Page, site: Path, rows: list[Row]
) -> None:
    texts = json.loads((site / "catalog/find/texts.json").read_text("utf-8"))
    word = texts[17].split("、")[0]
    at_least = {row_id for (row_id, _), text in zip(rows, texts, strict=True) if word in text}

    page.locator("#find-words").fill(word)
    page.locator("#find-count", has_text="符合条件").wait_for()
    number, ids = shown(page)

    assert number >= len(at_least)
    assert set(ids) & at_least


def test_the_keyboard_alone_chooses_a_value_and_keeps_its_place(page: Page) -> None:
    page.locator("summary", has_text="公开方式").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="依申请").focus()
    page.keyboard.press("Space")

    assert page.evaluate("document.activeElement.checked") is True
    assert page.locator("#find-count").get_attribute("role") == "status"
    assert "符合条件" in page.locator("#find-count").inner_text()


def test_without_scripts_the_values_are_links_and_nothing_is_missing(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}catalog/find/")

    page.get_by_role("link", name="特定群体").click()

    assert page.locator("h1").inner_text().startswith("公开对象：特定群体")
    context.close()
