"""The site over IPv6 alone: both servers prove it, and every fault makes the proof fail."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.county import tree_of
from tests.origins.ground import EDGE6, Ground
from tests.origins.papers import Papers
from tests.origins.proof import ONLY_IPV4, prove
from tests.origins.servers import KINDS, Change, running, site_at, unchanged

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PAGES = ("", "policies/2021/2021-005/", "policies/", "search/?q=%E8%8A%82%E6%B0%B4")
DOCUMENT = "policies/2021/2021-005/index.html"
PDF = "policies/2021/2021-005/plan.pdf"


def sums_of(site: Path) -> dict[str, str]:
    """The sum of every file that has an address."""
    return {path: digest for path, digest in tree_of(site).items() if not path.startswith(".")}


def test_the_citizen_has_no_ipv4_at_all(parted: Ground) -> None:
    asked = [("-4", "route"), ("-4", "addr", "show")]

    said = [
        subprocess.run(
            [*parted.citizen6, "ip", *words], check=True, capture_output=True, text=True
        ).stdout
        for words in asked
    ]

    assert said == ["", ""]


@pytest.mark.parametrize("kind", KINDS)
def test_a_citizen_with_ipv6_only_gets_the_whole_site(  # noqa: PLR0913  # the parties of the proof
    kind: str,
    ground: Ground,
    papers: Papers,
    county_site: Path,
    browser6: Browser,
    playwright: Playwright,
    tmp_path: Path,
) -> None:
    sums = sums_of(county_site)

    with running(kind, site_at(county_site, papers), ground, tmp_path / "server"):
        seen = prove(ground, papers, sums, browser6, playwright, PAGES, tmp_path)

    assert seen.faults == []
    assert seen.peers == {ground.address6}
    assert seen.responses > len(PAGES)
    assert tree_of(tmp_path / "ipv6") == tree_of(tmp_path / "ipv4") == sums
    assert list(seen.levels)[:3] == ["1", "2", "3"]
    assert [good for good, _ in seen.levels.values()] == [met for _, met in seen.levels.values()]
