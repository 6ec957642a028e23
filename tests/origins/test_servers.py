"""What nginx and Caddy answer: the same, by the rules of `plugins.origins.answers`."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.origins.answers import (
    DOCUMENTS,
    ENTRIES,
    ERRORS,
    HASHED,
    HTML,
    ONLY_HTTPS,
    PAGES,
    SECURITY,
    TYPES,
)
from tests.origins.client import Citizen, Reply
from tests.origins.ground import Ground
from tests.origins.papers import Papers
from tests.origins.servers import KINDS, running, site_at

DOCUMENT = "/zwgk/policies/2021/2021-005/"
PDF = f"{DOCUMENT}plan.pdf"
GONE = "/zwgk/notices/2021/wrong/"


@pytest.fixture(scope="module")
def folder(county_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with what a release adds: packed copies beside the files."""
    folder = tmp_path_factory.mktemp("servers")
    root = Path(shutil.copytree(county_site, folder / "site"))
    page = root / "policies" / "index.html"
    page.with_name("index.html.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
    page.with_name("index.html.br").write_bytes(b"packed by brotli")
    for suffix in TYPES:
        (root / f"typed{suffix}").write_bytes(b"?")
    (root / "untyped.xyz").write_bytes(b"?")
    (root / "empty").mkdir()
    return folder


@pytest.fixture(scope="module", params=KINDS)
def citizen(
    request: pytest.FixtureRequest, ground: Ground, papers: Papers, folder: Path
) -> Iterator[Citizen]:
    """Somebody who asks each of the servers in turn."""
    with running(request.param, site_at(folder / "site", papers), ground, folder / request.param):
        yield Citizen(ground, papers)


def security_of(reply: Reply) -> dict[str, str]:
    return {name: reply[name.lower()] for name, _ in SECURITY}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/zwgk/", 200),
        (PDF, 200),
        ("/zwgk/policies", 301),
        ("/zwgk/policies/2021/old/", 301),
        ("/zwgk/nowhere/", 404),
        ("/zwgk/theme/nowhere.css", 404),
        ("/", 404),
        (GONE, 410),
    ],
)
def test_every_answer_carries_the_security_headers(
    citizen: Citizen, path: str, status: int
) -> None:
    reply = citizen.ask(path)

    # A folder's address without its slash: Caddy says 308 where nginx says 301.
    assert reply.status == status or (status, reply.status) == (301, 308)
    assert security_of(reply) == dict(SECURITY)
    assert reply[ONLY_HTTPS[0].lower()] == ONLY_HTTPS[1]


def test_no_answer_names_the_server_s_version(citizen: Citizen) -> None:
    assert citizen.ask("/zwgk/")["server"] in {"", "nginx"}


def test_plain_http_is_sent_on_to_https_and_carries_them_too(citizen: Citizen) -> None:
    reply = citizen.ask("/zwgk/policies/?year=2021", scheme="http")

    assert reply.status == 301
    assert reply["location"] == "https://www.example.gov.cn/zwgk/policies/?year=2021"
    assert security_of(reply) == dict(SECURITY)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_another_name_is_not_answered(citizen: Citizen, scheme: str) -> None:
    # A CDN that tells no name in TLS still gets the certificate: only Host counts.
    reply = citizen.ask("/zwgk/", "--insecure", scheme=scheme, host="other.example")

    assert reply.status == 421
    assert security_of(reply) == dict(SECURITY)


def test_copies_are_good_for_as_long_as_their_class_says(citizen: Citizen, folder: Path) -> None:
    hashed = next(folder.glob("site/search/d/*.json")).relative_to(folder / "site").as_posix()
    wanted = {
        "/zwgk/": PAGES,
        "/zwgk/index.html": PAGES,
        "/zwgk/theme/gongkai.css": PAGES,
        "/zwgk/feeds/all.xml": PAGES,
        "/zwgk/policies/2021/old/": PAGES,
        PDF: DOCUMENTS.cache_control,
        f"/zwgk/{hashed}": HASHED.cache_control,
        "/zwgk/search/manifest.json": ENTRIES.cache_control,
        "/zwgk/nowhere/": ERRORS,
        "/zwgk/search/d/0-aaaaa.json": ERRORS,
        "/zwgk/nowhere.pdf": ERRORS,
        GONE: ERRORS,
    }

    assert {path: citizen.ask(path)["cache-control"] for path in wanted} == wanted


def test_a_missing_page_is_404_with_the_site_s_own_page(citizen: Citizen, folder: Path) -> None:
    own = (folder / "site" / "404.html").read_bytes()

    replies = [citizen.ask(f"/zwgk/{path}") for path in ("nowhere/", "no.css", "no.pdf", "empty/")]

    assert [reply.status for reply in replies] == [404] * 4
    assert [reply["content-type"] for reply in replies] == [HTML] * 4
    assert {reply.body for reply in replies} == {own}


def test_a_page_that_was_taken_down_is_410_and_says_why(citizen: Citizen) -> None:
    reply = citizen.ask(GONE)

    assert (reply.status, reply["content-type"]) == (410, HTML)
    assert "重复公布" in reply.body.decode()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/zwgk/policies/2021/old/", "/zwgk/policies/2021/2021-005/#s1"),
        ("/zwgk/policies/2021/old/?from=mail", "/zwgk/policies/2021/2021-005/#s1"),
        (
            "/zwgk/policies/2021/elsewhere/",
            "https://www.gov.cn/a?b=%24c&d=%7Be%7D%3B%22f%22",
        ),
        ("/zwgk", "/zwgk/"),
    ],
)
def test_moved_addresses_lead_on(citizen: Citizen, path: str, target: str) -> None:
    reply = citizen.ask(path)

    assert (reply.status, reply["location"]) == (301, target)


def test_only_the_exact_address_has_moved(citizen: Citizen) -> None:
    paths = ("old/x", "older/", "x/old/", "old/index.htm")

    assert {citizen.ask(f"/zwgk/policies/2021/{path}").status for path in paths} == {404}


def test_what_was_packed_beforehand_is_sent_and_has_no_address(
    citizen: Citizen, folder: Path
) -> None:
    page = folder / "site" / "policies" / "index.html"

    def asked(accepted: str) -> tuple[str, str, str, bytes]:
        reply = citizen.ask("/zwgk/policies/", "-H", f"Accept-Encoding: {accepted}")
        found = (reply[name] for name in ("content-encoding", "content-type", "vary"))
        return (*found, reply.body)  # type: ignore[return-value]  # three words and the body

    packed = page.with_name("index.html.gz").read_bytes()
    assert asked("gzip, br") == ("br", HTML, "Accept-Encoding", b"packed by brotli")
    assert asked("gzip") == ("gzip", HTML, "Accept-Encoding", packed)
    assert asked("identity") == ("", HTML, "Accept-Encoding", page.read_bytes())
    for suffix in (".gz", ".br"):
        assert citizen.ask(f"/zwgk/policies/index.html{suffix}").status == 404


def test_what_was_not_packed_is_packed_on_the_way_for_a_cdn_too(citizen: Citizen) -> None:
    reply = citizen.ask("/zwgk/", "-H", "Accept-Encoding: gzip", "-H", "Via: 1.1 cdn")

    assert reply["content-encoding"] == "gzip"
    assert "政务公开" in gzip.decompress(reply.body).decode()


def test_the_marker_of_the_output_folder_is_hidden(citizen: Citizen) -> None:
    assert citizen.ask("/zwgk/.gongkai").status == 404


def test_the_way_out_of_the_folder_is_closed(citizen: Citizen) -> None:
    for path in ("/zwgk/../key.pem", "/zwgk/..%2f..%2fkey.pem", "/zwgk../server/"):
        assert citizen.ask(path).status in {400, 404}


def test_each_type_of_file_is_named_as_the_local_server_names_it(citizen: Citizen) -> None:
    said = {suffix: citizen.ask(f"/zwgk/typed{suffix}")["content-type"] for suffix in TYPES}

    assert said == TYPES
    assert citizen.ask("/zwgk/untyped.xyz")["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/zwgk/", "POST"),
        ("/zwgk/policies/2021/old/", "POST"),
        (GONE, "PUT"),
        ("/zwgk/nowhere/", "DELETE"),
    ],
)
def test_nothing_can_be_sent_in(citizen: Citizen, path: str, method: str) -> None:
    reply = citizen.ask(path, "-X", method, "-d", "x=1")

    assert (reply.status, reply["allow"], reply["cache-control"]) == (405, "GET, HEAD", ERRORS)


def test_head_is_answered_like_get_without_the_body(citizen: Citizen, folder: Path) -> None:
    size = (folder / "site" / PDF.removeprefix("/zwgk/")).stat().st_size

    reply = citizen.ask(PDF, "--head")

    assert (reply.status, reply["content-length"], reply.body) == (200, str(size), b"")


def test_parts_of_a_pdf_can_be_had(citizen: Citizen, folder: Path) -> None:
    pdf = (folder / "site" / PDF.removeprefix("/zwgk/")).read_bytes()
    end = f"/{len(pdf)}"

    def part(asked: str, *words: str) -> tuple[int, str, bytes]:
        reply = citizen.ask(PDF, "-H", f"Range: bytes={asked}", *words)
        return reply.status, reply["content-range"], reply.body

    whole = citizen.ask(PDF)
    assert whole["accept-ranges"] == "bytes"
    assert part("0-9") == (206, f"bytes 0-9{end}", pdf[:10])
    assert part("-5") == (206, f"bytes {len(pdf) - 5}-{len(pdf) - 1}{end}", pdf[-5:])
    assert part("5-")[2] == pdf[5:]
    assert part(f"{len(pdf)}-")[0] == 416
    assert part("0-9", "-H", f"If-Range: {whole['etag']}")[0] == 206
    assert part("0-9", "-H", 'If-Range: "another"') == (200, "", pdf)


def test_a_correction_of_the_same_length_reaches_who_has_the_old_copy(
    citizen: Citizen, folder: Path
) -> None:
    """ETags are made of time and size: a release must give a file the time of its last change."""
    page = folder / "site" / "corrected.html"
    page.write_text("预算 10000 万元", "utf-8")
    os.utime(page, (1_640_000_000, 1_640_000_000))
    old = citizen.ask("/zwgk/corrected.html")["etag"]
    unchanged = citizen.ask("/zwgk/corrected.html", "-H", f"If-None-Match: {old}")

    page.write_text("预算 20000 万元", "utf-8")
    os.utime(page, (1_650_000_000, 1_650_000_000))
    corrected = citizen.ask("/zwgk/corrected.html", "-H", f"If-None-Match: {old}")

    assert (unchanged.status, unchanged["cache-control"], unchanged.body) == (304, PAGES, b"")
    assert (corrected.status, corrected.body.decode()) == (200, "预算 20000 万元")
