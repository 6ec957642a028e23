import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from plugins.installing import HEADLESS, find_program
from plugins.serving import News, open_server
from tests.conftest import FLAGS


def test_an_open_page_shows_the_problem_and_then_the_mended_page(tmp_path: Path) -> None:
    # Playwright runs once a thread, and other tests keep one running in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(in_a_browser, tmp_path).result()


def in_a_browser(folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_program(*HEADLESS), args=list(FLAGS)
        )
        look(browser.new_page(), folder)
        browser.close()


def look(page: Page, folder: Path) -> None:
    html = folder / "index.html"
    html.write_text("<!doctype html><html><head></head><body><h1>旧</h1></body></html>", "utf-8")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    news = News()
    with open_server("127.0.0.1", 0, folder, news) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/")

        news.failed("content/a.md:1: <b>写错了</b>")

        panel = page.get_by_role("alert")
        expect(panel).to_have_text("content/a.md:1: <b>写错了</b>")
        expect(panel).to_have_css("position", "fixed")

        html.write_text(html.read_text("utf-8").replace("旧", "新"), "utf-8")
        news.built()

        expect(page.get_by_role("heading")).to_have_text("新")
        expect(panel).to_have_count(0)
        server.shutdown()
    # The favicon is the site's affair; the policy must have nothing to say.
    assert [line for line in complaints if "404" not in line] == []
