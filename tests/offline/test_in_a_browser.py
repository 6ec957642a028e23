"""An issue is kept when the reader asks, read when the server has gone, and goes when deleted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.offline.gazette import FIRST, ISSUE, SECOND, TEMPLATES, TITLE, Gazette, Office, Server
from tests.search.served import HOST, open_context, site
from tests.theme.reading_room import MODES, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OFFLINE = "gazette/offline/"
CACHES = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    kept[name.split(" ").at(-2)] = (await (await caches.open(name)).keys()).length;
  }
  return kept;
}"""
WORKERS = "() => navigator.serviceWorker.getRegistrations().then((all) => all.length)"
SHOW = """([key, value]) => {
  for (const name of ["theme", "size"]) delete document.documentElement.dataset[name];
  document.documentElement.dataset[key] = value;
}"""
KEPT = "[data-keep] p:has-text('已存到本机')"


class Reader:
    """A phone, and the server that it looks at."""

    def __init__(self, browser: Browser, folder: Path, base: str) -> None:
        self.office = Office(folder.joinpath("www", *base.split("/")))
        self.office.release()
        self.server = Server(folder / "www")
        self.root = f"http://127.0.0.1:{self.server.port}{base}"
        self.context = browser.new_context(
            viewport={"width": 390, "height": 844}, reduced_motion="reduce"
        )
        self.page: Page = self.context.new_page()
        self.heard: list[str] = []
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))

    def open(self, url: str) -> Page:
        self.page.goto(self.root + url)
        return self.page

    def keep(self) -> Page:
        page = self.open(ISSUE)
        page.get_by_role("button", name="存到本机，离线阅读").click()
        page.wait_for_selector(KEPT)
        return page

    def text(self) -> str:
        return self.page.inner_text(".text")

    def caches(self) -> dict[str, int]:
        kept: dict[str, int] = self.page.evaluate(CACHES)
        return kept


@contextmanager
def reading(browser: Browser, folder: Path, base: str) -> Iterator[Reader]:
    made = Reader(browser, folder, base)
    yield made
    made.context.close()
    made.server.stop()
    assert made.heard == []


@pytest.fixture(params=["/", "/zwgk/"])
def reader(request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path) -> Iterator[Reader]:
    with reading(chromium, tmp_path, request.param) as made:
        yield made


@pytest.fixture
def at_base(chromium: Browser, tmp_path: Path) -> Iterator[Reader]:
    with reading(chromium, tmp_path, "/zwgk/") as made:
        yield made


def test_a_kept_issue_is_read_when_the_server_has_gone(reader: Reader) -> None:
    page = reader.keep()
    reader.server.stop()

    page.reload()
    page.wait_for_selector(KEPT)
    page.get_by_role("link", name="文件1").click()
    first = reader.text()
    drawn = page.evaluate("document.querySelector('main img').naturalWidth > 0")
    page.get_by_role("link", name="下一篇").click()
    second = reader.text()

    assert (first, second) == (FIRST, SECOND)
    assert drawn
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"


def test_nothing_is_kept_before_the_reader_asks(reader: Reader) -> None:
    page = reader.open(ISSUE)
    page.get_by_role("button", name="存到本机，离线阅读").wait_for()
    size = json.loads((reader.office.target / ISSUE / "offline.json").read_text("utf-8"))["size"]

    told = page.get_by_role("button", name="存到本机，离线阅读").inner_text()

    assert told == f"存到本机，离线阅读（{round(size / 1024)} KB）"
    assert (reader.caches(), page.evaluate(WORKERS)) == ({}, 0)


def test_what_was_kept_is_listed_and_goes_when_it_is_deleted(reader: Reader) -> None:
    reader.keep()
    reader.server.stop()
    page = reader.open(OFFLINE)

    row = page.get_by_role("listitem").filter(has_text=TITLE)
    address = row.get_by_role("link").get_attribute("href")
    row.get_by_role("button", name=f"从本机删除{TITLE}").click()
    page.wait_for_selector(f"#kept-state:has-text('已从本机删除{TITLE}')")

    assert address == reader.root + ISSUE
    assert page.evaluate("document.activeElement.id") == "kept-state"
    assert not page.locator("[data-kept] li").count()
    assert (reader.caches(), page.evaluate(WORKERS)) == ({}, 0)


def test_an_issue_is_deleted_on_its_own_page_and_can_be_kept_again(at_base: Reader) -> None:
    page = at_base.keep()
    page.get_by_role("button", name="从本机删除").click()
    page.wait_for_selector("[data-keep] p:has-text('已从本机删除')")
    gone = at_base.caches(), page.evaluate(WORKERS)

    page.get_by_role("button", name="存到本机，离线阅读").click()
    page.wait_for_selector(KEPT)
    at_base.server.stop()
    at_base.open(f"{ISSUE}02/")

    assert gone == ({}, 0)
    assert at_base.text() == SECOND


def test_without_a_network_other_pages_of_the_gazette_lead_to_what_was_kept(
    reader: Reader,
) -> None:
    reader.keep()
    reader.server.stop()

    page = reader.open("gazette/")

    page.get_by_role("link", name=TITLE).wait_for()
    assert page.url == reader.root + OFFLINE


def test_a_corrected_text_takes_the_place_of_the_kept_one_and_only_it_is_fetched(
    at_base: Reader,
) -> None:
    page = at_base.keep()
    before = at_base.caches()
    asked: list[str] = []
    at_base.office.release(Gazette("第二条　植树，也种草。"))
    page.on("request", lambda request: asked.append(request.url.removeprefix(at_base.root)))

    page.reload()
    page.wait_for_selector("[data-keep] p:has-text('已换成最新的内容')")
    at_base.server.stop()
    at_base.open(f"{ISSUE}02/")

    assert at_base.text() == "第二条　植树，也种草。"
    assert at_base.caches() == before
    assert asked.count(f"{ISSUE}02/") == 2  # by the script, then by the reader
    assert f"{ISSUE}01/" not in asked


def test_an_update_that_breaks_off_leaves_the_kept_issue_whole(at_base: Reader) -> None:
    page = at_base.keep()
    before = at_base.caches()
    article = TEMPLATES["article.html"].replace("<h1>", '<h1 class="new">')
    at_base.office.release(templates=TEMPLATES | {"article.html": article})
    shutil.rmtree(at_base.office.target / ISSUE / "02")

    with page.expect_response(lambda answer: answer.url.endswith("/02/")) as broken:
        page.reload()
    assert broken.value.status == 404
    page.wait_for_function(f"async () => (await caches.keys()).length === {len(before)}")
    at_base.server.stop()
    at_base.open(f"{ISSUE}01/")
    is_old = not page.locator("h1.new").count()
    page.get_by_role("link", name="下一篇").click()

    assert is_old
    assert at_base.text() == SECOND
    assert at_base.caches() == before


def test_an_update_takes_from_the_network_or_not_at_all(at_base: Reader) -> None:
    """What the worker would read out for a page is the old text: it must not pass for the new."""
    page = at_base.keep()
    at_base.office.release(Gazette("第二条　植树，也种草。"))
    at_base.server.break_off(f"{ISSUE}02/")
    with page.expect_response(lambda answer: answer.url.endswith("/02/")) as broken:
        page.reload()
    page.wait_for_function("async () => (await caches.keys()).length === 2")
    at_base.server.recover()

    page.reload()
    page.wait_for_selector("[data-keep] p:has-text('已换成最新的内容')")
    at_base.server.stop()
    at_base.open(f"{ISSUE}02/")

    assert broken.value.status == 503
    assert at_base.text() == "第二条　植树，也种草。"


def test_where_the_server_is_broken_the_kept_issue_is_read(at_base: Reader) -> None:
    at_base.keep()
    at_base.server.break_off(f"{ISSUE}02/")

    at_base.open(f"{ISSUE}02/")

    assert at_base.text() == SECOND


def test_where_the_network_is_too_slow_the_kept_issue_is_read(at_base: Reader) -> None:
    at_base.keep()
    at_base.server.hang(f"{ISSUE}02/")

    at_base.open(f"{ISSUE}02/")

    assert at_base.text() == SECOND


def test_an_issue_that_cannot_be_had_whole_is_not_kept_at_all(at_base: Reader) -> None:
    page = at_base.open(ISSUE)
    button = page.get_by_role("button", name="存到本机，离线阅读")
    button.wait_for()
    shutil.rmtree(at_base.office.target / ISSUE / "02")

    button.click()
    page.wait_for_selector("[data-keep] p:has-text('文件没有取全，没有存成')")

    assert (at_base.caches(), page.evaluate(WORKERS)) == ({}, 0)
    assert button.is_visible()


def test_a_release_in_the_middle_of_keeping_is_noticed(at_base: Reader) -> None:
    page = at_base.open(ISSUE)
    button = page.get_by_role("button", name="存到本机，离线阅读")
    button.wait_for()
    file = at_base.office.target / ISSUE / "offline.json"
    old = file.read_text("utf-8")

    def answer(route: Any) -> None:  # noqa: ANN401  # Playwright's, which is loaded for its types only
        route.fulfill(body=old, content_type="application/json")
        page.unroute("**/2021-01/offline.json")

    at_base.office.release(Gazette("第二条　植树，也种草。"))
    page.route("**/2021-01/offline.json", answer)
    button.click()
    page.wait_for_selector("[data-keep] p:has-text('没有存成')")

    assert (at_base.caches(), page.evaluate(WORKERS)) == ({}, 0)


def test_too_little_room_is_told_and_nothing_half_done_is_left(at_base: Reader) -> None:
    page = at_base.open(ISSUE)
    quota = {"origin": at_base.root.removesuffix("zwgk/"), "quotaSize": 20_000}
    at_base.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)

    page.get_by_role("button", name="存到本机，离线阅读").click()
    page.wait_for_selector("[data-keep] p:has-text('本机存储空间不够，没有存成')")

    assert (at_base.caches(), page.evaluate(WORKERS)) == ({}, 0)


def test_the_gazette_can_be_installed(at_base: Reader) -> None:
    page = at_base.open(ISSUE)
    session = at_base.context.new_cdp_session(page)

    manifest = session.send("Page.getAppManifest")
    flaws = session.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["url"] == f"{at_base.root}gazette/app.webmanifest"
    assert manifest["errors"] == []
    assert [flaw["errorId"] for flaw in flaws if flaw["errorId"] != "in-incognito"] == []


def test_pages_that_keep_have_no_barrier_in_any_mode_and_no_width(
    at_base: Reader, axe_source: str
) -> None:
    at_base.keep()
    found = []
    for url in (ISSUE, OFFLINE):
        page = at_base.open(url)
        page.wait_for_selector(f"{KEPT}, [data-kept] li")
        page.evaluate(axe_source)
        for mode, choice in MODES.items():
            page.evaluate(SHOW, *choice.items())
            found += [(url, mode, told) for told in violations(page, mode)]
            page.set_viewport_size({"width": 320, "height": 844})
            width = page.evaluate("document.documentElement.scrollWidth")
            found += [(url, mode, f"{width} px wide")] if width > 320 else []
            page.set_viewport_size({"width": 390, "height": 844})

    assert found == []


@pytest.mark.parametrize("scripts", [True, False])
def test_where_nothing_can_be_kept_no_button_promises_it(
    chromium: Browser, tmp_path: Path, *, scripts: bool
) -> None:
    """Without scripts, or on a page without TLS: there browsers have no service workers."""
    office = Office(tmp_path / "output")
    office.release()
    context = open_context(chromium, site(office.target), scripts=scripts)
    page = context.new_page()
    page.goto(f"{HOST}/{ISSUE}")
    page.get_by_role("link", name="文件1").wait_for()
    buttons = page.locator("main").get_by_role("button").count()
    page.goto(f"{HOST}/{OFFLINE}")

    assert buttons == 0
    assert page.get_by_role("heading", name="怎样存").is_visible()
    assert page.locator("#kept-state").inner_text() == ""
    context.close()
