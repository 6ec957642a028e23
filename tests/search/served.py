"""A built site, or files in memory, as the browser is shown them: under any base path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.origins.answers import CONTENT_SECURITY_POLICY
from plugins.serving.server import answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

HOST = "http://search.test"
Answer = Callable[[str], tuple[int, str, bytes]]
"""Path under the base, without a slash in front → status, type, body."""


def site(folder: Path) -> Answer:
    """A built site, answered as production will."""

    def found(path: str) -> tuple[int, str, bytes]:
        told = answer(folder, f"/{path}")
        return told.status, told.type, told.body

    return found


def files(given: Mapping[str, bytes]) -> Answer:
    """Files in memory; an empty page for all else."""

    def found(path: str) -> tuple[int, str, bytes]:
        kind = "text/javascript" if path.endswith(".js") else "application/json"
        if path in given:
            return HTTPStatus.OK, f"{kind}; charset=utf-8", given[path]
        return HTTPStatus.OK, "text/html; charset=utf-8", b"<!doctype html><title>-</title>"

    return found


def open_context(
    chromium: Browser, found: Answer, base: str = "/", *, width: int = 390, scripts: bool = True
) -> BrowserContext:
    """A reader for whom this is all there is of the web."""

    def respond(route: Route) -> None:
        url = route.request.url.removeprefix(HOST)
        if not url.startswith(base):
            route.fulfill(status=404, body="")
            return
        status, kind, body = found(url.removeprefix(base).partition("#")[0])
        policy = {"Content-Type": kind, "Content-Security-Policy": CONTENT_SECURITY_POLICY}
        route.fulfill(status=status, headers=policy, body=body)

    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.route("**/*", respond)
    return context
