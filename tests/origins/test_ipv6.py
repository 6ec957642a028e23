"""The site over IPv6 alone: both servers prove it, and every fault makes the proof fail."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.county import tree_of
from tests.origins.ground import Ground
from tests.origins.papers import Papers
from tests.origins.proof import ONLY_IPV4, Parties, prove
from tests.origins.servers import KINDS, Change, running, site_at

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
def test_a_citizen_with_ipv6_only_gets_the_whole_site(
    kind: str,
    parties: Parties,
    county_site: Path,
    tmp_path: Path,
) -> None:
    sums = sums_of(county_site)
    site = site_at(county_site, parties.papers)

    with running(kind, site, parties.ground, tmp_path / "server"):
        seen = prove(parties, sums, PAGES, tmp_path)

    assert seen.faults == []
    assert seen.peers == {parties.ground.address6}
    assert seen.responses > len(PAGES)
    assert tree_of(tmp_path / "ipv6") == tree_of(tmp_path / "ipv4") == sums
    assert list(seen.levels)[:3] == ["1", "2", "3"]
    assert [good for good, _ in seen.levels.values()] == [met for _, met in seen.levels.values()]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("[::]:", "0.0.0.0:").replace(" ipv6only=off", ""), "IPv6: "),
        (lambda text: text.replace("ipv6only=off", "ipv6only=on"), "IPv4: "),
    ],
    ids=["that answers over IPv4 only", "that answers over IPv6 only"],
)
def test_the_proof_fails_for_a_server(
    change: Change,
    told: str,
    parties: Parties,
    county_site: Path,
    tmp_path: Path,
) -> None:
    sums = sums_of(county_site)
    site = site_at(county_site, parties.papers)

    with running("nginx", site, parties.ground, tmp_path / "server", change):
        seen = prove(parties, sums, PAGES[:1], tmp_path)

    assert any(said.startswith(told) for said in seen.faults), seen.faults


@dataclass(frozen=True)
class Fault:
    """One file made wrong; `sealed`: the sums were taken afterwards, so that they agree with it."""

    path: str
    change: Callable[[bytes], bytes | None]
    sealed: bool
    told: str


def _instead(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        assert old in text
        return text.replace(old, new, 1)

    return change


def _behind(more: bytes) -> Callable[[bytes], bytes]:
    return lambda text: text + more


FAULTS = {
    "an IPv4 literal in a picture": Fault(
        DOCUMENT,
        _instead(b"</h1>", b'</h1><img src="http://203.0.113.9/x.png" alt="">'),
        sealed=True,
        told="加载外站 http://203.0.113.9/x.png",
    ),
    "a script from a host without AAAA": Fault(
        "index.html",
        _instead(b"</head>", f'<script src="https://{ONLY_IPV4}/q.js"></script></head>'.encode()),
        sealed=True,
        told=f"加载外站 https://{ONLY_IPV4}/q.js",
    ),
    "a dead link": Fault(
        "index.html",
        _instead(b'href="policies/"', b'href="policies/1999/"'),
        sealed=True,
        told="/zwgk/policies/1999/ 404",
    ),
    "an IPv4 literal in a style sheet": Fault(
        "theme/gongkai.css",
        _behind(b"body{background:url(http://203.0.113.9/b.png)}"),
        sealed=True,
        told="控制台：",
    ),
    "a host put together by a script": Fault(
        "theme/gongkai.js",
        _behind(b';fetch("https:/" + "/cdn.v4" + "only.example/track").catch(() => 0)'),
        sealed=True,
        told=ONLY_IPV4,
    ),
    "a byte changed after signing": Fault(
        DOCUMENT, _behind(b"\n"), sealed=False, told=f"IPv6: {DOCUMENT} 与校验值不符"
    ),
    "a PDF that is missing": Fault(PDF, lambda _: None, sealed=False, told="/plan.pdf 404"),
}


@pytest.fixture(scope="module")
def faulty(
    ground: Ground, papers: Papers, county_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder of a running server, which tests change and put right again.

    It has the ground's ports to the end of this file: tests with their own servers stand above.
    """
    folder = tmp_path_factory.mktemp("faulty")
    root = Path(shutil.copytree(county_site, folder / "site"))
    with running("nginx", site_at(root, papers), ground, folder / "server"):
        yield root


@pytest.mark.parametrize("name", FAULTS)
def test_the_proof_fails_for(
    name: str,
    parties: Parties,
    county_site: Path,
    faulty: Path,
    tmp_path: Path,
) -> None:
    fault = FAULTS[name]
    file = faulty / fault.path
    wrong = fault.change(file.read_bytes())
    file.unlink() if wrong is None else file.write_bytes(wrong)
    sums = sums_of(faulty if fault.sealed else county_site)
    page = PAGES[fault.path == DOCUMENT]

    try:
        seen = prove(parties, sums, [page], tmp_path)
    finally:
        shutil.copy2(county_site / fault.path, file)

    assert any(fault.told in said for said in seen.faults), seen.faults
