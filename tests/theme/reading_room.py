"""Shows the sample pages in a browser under the site's own strict policy, without a server."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from plugins.publishing.environment import render
from tests.theme import samples
from tests.theme.workbench import STATIC, environment, script, stylesheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

HOST = "http://theme.test/"
POLICY = "default-src 'self'"
MODES = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "contrast": {"theme": "contrast"},
    "elder": {"size": "large"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What another choice of colours can break; all else stays as it is in light."""
SIZES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
"""What large text can break; that colours stand out does not depend on it."""
ASKED = {"light": RULES, "dark": COLOURS, "contrast": COLOURS, "elder": SIZES}
KINDS = {".js": "text/javascript", ".css": "text/css"}
_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


@cache
def render_page(template: str) -> str:
    """One sample page."""
    head, inputs = samples.PAGES[template]
    return render(environment(), template, samples.SITE, head, inputs)


def address(template: str) -> str:
    """Where a sample page is shown."""
    return HOST + samples.PAGES[template][0].url


def open_page(chromium: Browser, width: int, mode: str = "light", *, scripts: bool = True) -> Page:
    """A fresh page of the browser with the reader's choices already stored."""
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        has_touch=width < 600,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    for key, value in MODES[mode].items():
        context.add_init_script(f"localStorage.setItem('gongkai.{key}', '{value}')")
    context.route("**/*", _answer)
    return context.new_page()


def errors_of(page: Page) -> list[str]:
    """A list that fills with whatever the page's console complains of, the policy included."""
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def _answer(route: Route) -> None:
    kind, body = _content(route.request.url.removeprefix(HOST).split("?")[0])
    if body is None:
        route.fulfill(status=404, body="")
    else:
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": POLICY}
        route.fulfill(headers=headers, body=body)


def _content(path: str) -> tuple[str, str | None]:
    files: dict[str, tuple[str, Callable[[], str]]] = {
        "theme/gongkai.css": ("text/css", stylesheet),
        "theme/gongkai.js": ("text/javascript", script),
        "theme/icon.svg": ("image/svg+xml", (STATIC / "icons/icon.svg").read_text),
    }
    if path in files:
        kind, make = files[path]
        return kind, make()
    for folder in ("standalone", "vendor"):
        alone = STATIC / folder / path.removeprefix("theme/")
        if alone.is_file():
            return KINDS[alone.suffix], alone.read_text("utf-8")
    for template, (head, _) in samples.PAGES.items():
        if head.url == path:
            return "text/html", render_page(template)
    return "text/plain", None


def violations(page: Page, mode: str = "light") -> list[str]:
    """What axe finds on the page as it stands, one line for each element."""
    found = page.evaluate(_AXE, ASKED[mode])["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
