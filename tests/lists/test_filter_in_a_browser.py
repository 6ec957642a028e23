"""The filter of a list's table, in a browser, on pages as they are served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from plugins.lists import ROWS
from plugins.serving.server import open_server
from tests.county import SOUND, build, write_county

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOTAL = ROWS + 20
HEAD = """---
title: 某县权责清单
issuer: 某县人民政府办公室
kind: 权责清单
version: 2021年版
basis: 《优化营商环境条例》第四十条
disclosure: 主动公开
published: 2021-09-15 09:00
table: 2021-09.csv
key: 职权编码
summary: 各部门的权力和责任。
---

清单以外的职权不得行使。
"""
STATUS = "[data-filter] [role=status]"


def _table() -> str:
    rows = ["职权编码,职权类型,职权名称"]
    rows += [f"A-{n:04},{('行政许可', '行政检查')[n % 2]},第{n}项" for n in range(TOTAL - 1)]
    return "\n".join([*rows, "A-9999,行政许可,Ｗｉｆｉ 管理"])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("filter")
    files = {"lists/power/2021-09.md": HEAD, "lists/power/2021-09.csv": _table()}
    build(write_county(folder / "content", SOUND | files), folder / "site" / "output")
    server = open_server("127.0.0.1", 0, folder / "site" / "output")
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/lists/power/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def _says(page: Page, words: str) -> None:
    page.wait_for_function(
        "([where, words]) => document.querySelector(where).textContent === words",
        arg=[STATUS, words],
    )


def test_words_are_found_in_every_page_of_the_table_and_the_count_is_announced(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.fill("[name=q]", "WIFI")
    _says(page, f"共 {TOTAL} 项，找到 1 项")

    assert page.locator("tbody tr:visible").count() == 1
    assert page.locator("tbody tr:visible th").text_content() == "Ｗｉｆｉ 管理"
    assert not page.locator("[data-pages]").is_visible()


def test_what_was_asked_stays_in_the_address_and_is_restored(page: Page, address: str) -> None:
    page.goto(address)
    page.select_option("select", "行政检查")
    page.fill("[name=q]", "第11")
    _says(page, f"共 {TOTAL} 项，找到 6 项")
    asked = page.url
    page.goto("about:blank")
    page.goto(asked)
    _says(page, f"共 {TOTAL} 项，找到 6 项")

    assert page.input_value("select") == "行政检查"
    assert page.input_value("[name=q]") == "第11"


def test_clearing_shows_all_rows_again(page: Page, address: str) -> None:
    page.goto(f"{address}?q=%E6%B2%A1%E6%9C%89")
    _says(page, f"共 {TOTAL} 项，没有符合条件的，可以少选几个条件")
    page.click("[type=reset]")
    _says(page, f"共 {TOTAL} 项")

    assert page.locator("tbody tr").count() == TOTAL
    assert page.url == address


def test_if_the_other_pages_cannot_be_had_that_is_said(page: Page, address: str) -> None:
    page.goto(address)
    page.route("**/2/", lambda route: route.abort())
    page.fill("[name=q]", "WIFI")
    _says(page, "其他各页没有取到，请稍后再试，或下载清单全文查找")


def test_without_scripts_the_table_stands_there_and_leads_on(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    assert not page.locator("[data-filter]").is_visible()
    assert page.locator("tbody tr:visible").count() == ROWS
    page.click("[data-pages] a")
    assert page.locator("tbody tr:visible").count() == TOTAL - ROWS
    context.close()
