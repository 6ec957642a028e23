"""The ground, the papers, a small county, and a browser without IPv4."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pydyf
import pytest

from plugins.installing import HEADLESS, find_program
from tests.county import POLICY, SOUND, build, settings, write_county
from tests.origins.ground import NEEDS_ROOT, Ground, apart, can_part, together
from tests.origins.papers import Papers, issue
from tests.origins.proof import Parties, citizens_browser
from tests.origins.servers import BASE, HOST

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

REDIRECTS = """- from: policies/2021/old/
  to: policies/2021/2021-005/#s1
  date: 2021-08-02
- from: policies/2021/elsewhere/
  to: https://www.gov.cn/a?b=$c&d={e};"f"
  date: 2021-08-02
- from: notices/2021/wrong/
  gone: 错误
  to: policies/2021/2021-005/
  date: 2021-08-02
  note: 重复公布
"""
ATTACHED = "keywords:", "attachments:\n  - file: plan.pdf\n    title: 节水方案\nkeywords:"


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A private root and the host's certificate."""
    return issue(tmp_path_factory.mktemp("papers"), HOST)


@pytest.fixture(scope="session")
def county_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole site with a PDF, an address that moved and one that is gone; only looked at."""
    folder = tmp_path_factory.mktemp("origins")
    files: dict[str, str | bytes] = {
        **SOUND,
        "policies/2021/2021-005.md": POLICY.replace(*ATTACHED),
        "policies/2021/plan.pdf": a_pdf(),
        "redirects.yaml": REDIRECTS,
    }
    content = write_county(folder / "content", files)
    build(content, folder / "site", settings(site_url=f"https://{HOST}{BASE}"))
    return folder / "site"


def a_pdf() -> bytes:
    """One empty page."""
    pdf, held = pydyf.PDF(), io.BytesIO()
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9])}
    pdf.add_page(pydyf.Dictionary(page))
    pdf.write(held)
    return held.getvalue()


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    """Namespaces where they can be had; else this machine's `::1`."""
    if can_part():
        with apart() as parted:
            yield parted
    else:
        yield together()


@pytest.fixture(scope="session")
def parted(ground: Ground) -> Ground:
    """Namespaces; without them the test is skipped, loudly."""
    if not ground.is_apart:
        pytest.skip(NEEDS_ROOT)
    return ground


@pytest.fixture(scope="session")
def parties(
    playwright: Playwright,
    ground: Ground,
    papers: Papers,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Parties]:
    """Whoever a proof needs; Chromium is at the citizen's who has IPv6 only."""
    program = find_program(*HEADLESS) or ""
    folder = tmp_path_factory.mktemp("browser")
    with citizens_browser(playwright, ground, papers, program, folder) as browser:
        yield Parties(ground, papers, browser, playwright)
