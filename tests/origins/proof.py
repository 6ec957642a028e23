"""The proof: a citizen without any IPv4 gets the whole site, byte for byte, and nothing else."""

from __future__ import annotations

import ipaddress
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.conftest import FLAGS
from tests.origins.client import Citizen
from tests.origins.ground import Ground
from tests.origins.papers import Papers
from tests.origins.servers import HOST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response

CRAWLER = Path(__file__).with_name("crawl.py")
ONLY_IPV4 = "cdn.v4only.example"
"""A made-up host that has an A record and no AAAA."""
DEVICES = ("Desktop Chrome", "Pixel 5")


@dataclass
class Seen:
    """What the proof saw; any fault makes it fail."""

    faults: list[str] = field(default_factory=list)
    levels: dict[str, list[int]] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    peers: set[str] = field(default_factory=set)
    responses: int = 0


@dataclass(frozen=True)
class Parties:
    """Those who take part in a proof; the browser is that of the citizen who has IPv6 only."""

    ground: Ground
    papers: Papers
    browser: Browser
    playwright: Playwright


def prove(parties: Parties, sums: Mapping[str, str], pages: Sequence[str], folder: Path) -> Seen:
    """All steps; `sums` are those of the files as they were signed, `folder` takes what is got."""
    seen = Seen()
    six = Citizen(parties.ground, parties.papers)
    for citizen in (six, replace(six, family=4)):
        seen.faults += citizen.differing(sums, folder / f"ipv{citizen.family}")
    _crawl(six, seen)
    for device in DEVICES:
        own = parties.playwright.devices[device]
        _browse(parties.browser, own, six.home, pages, seen)
    old = [peer for peer in sorted(seen.peers) if ipaddress.ip_address(peer).version != 6]
    seen.faults += [f"浏览器连到了 {peer}" for peer in old]
    return seen


def _crawl(citizen: Citizen, seen: Seen) -> None:
    words = [sys.executable, str(CRAWLER), citizen.home, "--address", citizen.address]
    done = subprocess.run(
        [*citizen.ground.citizen6, *words, "--roots", str(citizen.papers.root)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if not done.stdout:
        seen.faults.append(f"抓取没有做完：{done.stderr[-200:]}")
        return
    found = json.loads(done.stdout)
    seen.faults += found["faults"]
    seen.levels, seen.outside = found["levels"], found["outside"]


def _browse(
    browser: Browser, device: Mapping[str, Any], home: str, pages: Sequence[str], seen: Seen
) -> None:
    own = {key: value for key, value in device.items() if key != "default_browser_type"}
    context = browser.new_context(**own)
    page = context.new_page()
    answers = _listen(page, home, seen)
    for path in pages:
        try:
            page.goto(
                home + path,
                wait_until="networkidle" if path == pages[0] else "load",
                timeout=10_000,
            )
        except Error as fault:
            seen.faults.append(f"浏览器打不开 {path}：{fault.message[:100]}")
    seen.responses += len(answers)
    # Asked of the browser here: while it closes, an event can no longer ask it anything.
    for answer in answers:
        peer = answer.server_addr() if urlsplit(answer.url).scheme == "https" else None
        if peer:
            seen.peers.add(peer["ipAddress"].strip("[]"))
    context.close()


def _listen(page: Page, home: str, seen: Seen) -> list[Response]:
    """Faults go to `seen`; the answers that will have come are in the list that is returned."""
    answers: list[Response] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((home, "data:")):
            seen.faults.append(f"浏览器向外站要 {request.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was asked for meanwhile
            seen.faults.append(f"浏览器没有取到 {request.url}：{request.failure}")

    def answered(response: Response) -> None:
        answers.append(response)
        if response.status >= 400:
            seen.faults.append(f"{response.status}：{response.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.faults.append(f"控制台：{message.text[:160]}")

    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: seen.faults.append(f"脚本出错：{error}"))
    return answers


@contextmanager
def citizens_browser(
    playwright: Playwright, ground: Ground, papers: Papers, program: str, folder: Path
) -> Iterator[Browser]:
    """Chromium at the IPv6 citizen's. It knows two names, and the site's own key."""
    start = folder / "chromium"
    start.write_text(f'#!/bin/sh\nexec {" ".join([*ground.citizen6, program])} "$@"\n', "utf-8")
    start.chmod(0o755)
    names = f"MAP {HOST} [{ground.address6}],MAP {ONLY_IPV4} 203.0.113.9,MAP * ~NOTFOUND"
    browser = playwright.chromium.launch(
        executable_path=start,
        args=[
            *FLAGS,
            f"--host-resolver-rules={names}",
            f"--ignore-certificate-errors-spki-list={papers.pin}",
        ],
    )
    yield browser
    browser.close()
