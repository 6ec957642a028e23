"""The list of what a CDN must forget, against a real cache: all that is stale, and no more."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.__main__ import OPTIONS
from plugins.delivery import deploy, purge, rollback, vendors
from plugins.delivery.problems import DeliveryError
from plugins.delivery.purging import addresses
from plugins.delivery.shipment import load
from plugins.delivery.vendors import VENDORS, Request
from tests.delivery import servers
from tests.delivery.conftest import options
from tests.delivery.releases import SITE, make, pages


def edited() -> dict[str, bytes]:
    """The site with two corrections, a new page, one withdrawn, another PDF, another style."""
    site = pages("red")
    site["policies/2021/1/index.html"] += b"<p>corrected</p>"
    site["policies/2021/2/index.html"] += b"<p>corrected</p>"
    site["policies/2021/新 篇/index.html"] = b"<!doctype html><title>new</title>"
    del site["policies/2021/3/index.html"]
    site["gazette/2021-01/公报 1.pdf"] += b"more"
    site["search/a/other-abcde.txt"] = b"/* another */"
    return site


@pytest.fixture
def two(releases: Path) -> Path:
    """Two releases that differ in a little of everything."""
    make(releases, 1, pages("red"))
    make(releases, 2, edited())
    return releases


class Asker:
    """Asks a server, be it a cache or the site itself."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, url: str, method: str = "GET") -> tuple[int, bytes]:
        """Status and body."""
        status, body, _ = self._asked(url, method)
        return status, body

    def has(self, url: str) -> bool:
        """Whether the cache answered by itself."""
        return self._asked(url, "GET")[2]

    def _asked(self, url: str, method: str) -> tuple[int, bytes, bool]:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as line:
            line.request(method, url.removeprefix(SITE))
            answer = line.getresponse()
            return answer.status, answer.read(), answer.headers.get("X-Hits", "0") != "0"


@dataclass(frozen=True)
class Change:
    """A cache that held all of release 1, and the 404s of what it lacked, when release 2 came."""

    edge: Asker
    site: Asker
    urls: list[str]

    def forget(self, urls: list[str]) -> None:
        """Have the cache forget."""
        for url in urls:
            assert self.edge.ask(url, "PURGE")[0] == 200

    def stale(self) -> list[str]:
        """What the cache tells otherwise than the site."""
        return [url for url in self.urls if self.edge.ask(url) != self.site.ask(url)]


@contextmanager
def change(folder: Path, releases: Path) -> Iterator[Change]:
    words = ("--target", str(folder / "www"), "--releases", str(releases))
    deploy(options("deploy", *words, "--seq", "1"))
    with (
        servers.nginx(folder / "nginx", folder / "www/current") as origin,
        servers.varnish(folder / "varnish", origin) as port,
    ):
        old, new = load(releases, 1), load(releases, 2)
        # Nobody asks for an asset before the page that names it: none is held as missing.
        fresh = [item.path for item in new.items if item.kind != "asset"]
        found = Change(Asker(port), Asker(origin), addresses([*old.by_path, *fresh], SITE))
        for url in found.urls:
            found.edge.ask(url)
        deploy(options("deploy", *words))
        yield found


def listed(releases: Path, folder: Path, *words: str) -> list[str]:
    """What `make purge` lists."""
    assert (
        purge(options("purge", "--releases", str(releases), "--requests", str(folder), *words)) == 0
    )
    return (folder / "urls.txt").read_text(encoding="utf-8").splitlines()


def test_the_list_is_all_that_is_stale_and_nothing_more(tmp_path: Path, two: Path) -> None:
    urls = listed(two, tmp_path / "purge")
    with change(tmp_path, two) as changed:
        assert changed.stale() != []
        held = {url for url in changed.urls if changed.edge.has(url)}

        changed.forget(urls)

        assert {url for url in held if not changed.edge.has(url)} == set(urls)
        assert changed.stale() == []


def test_a_list_that_lacks_one_page_leaves_it_stale(tmp_path: Path, two: Path) -> None:
    urls = listed(two, tmp_path / "purge")
    page = f"{SITE}/policies/2021/1/"
    with change(tmp_path, two) as changed:
        changed.forget([url for url in urls if not url.startswith(page)])

        assert changed.stale() == [page, f"{page}index.html"]


def test_the_list_of_the_way_back_is_exact_too(tmp_path: Path, two: Path) -> None:
    words = ("--target", str(tmp_path / "www"), "--releases", str(two))
    urls = listed(two, tmp_path / "purge", "--seq", "1", "--since", "2")
    with change(tmp_path, two) as changed:
        changed.forget(changed.urls)
        assert changed.stale() == []
        rollback(options("rollback", *words, "--seq", "1"))

        assert changed.stale() == urls


def test_assets_that_are_given_up_are_listed_only_when_asked_for(
    tmp_path: Path, releases: Path
) -> None:
    make(releases, 1, pages("red", count=1))
    make(releases, 2, pages("green", count=1))

    usual = listed(releases, tmp_path / "purge")
    all_of_it = listed(releases, tmp_path / "purge", "--assets")

    (old,) = (path for path in pages("red") if path.startswith("search/a/"))
    assert [url for url in all_of_it if url not in usual] == [f"{SITE}/{old}"]


def test_a_page_is_known_by_two_addresses_and_names_are_encoded() -> None:
    paths = ["index.html", "policies/2021/新 篇/index.html", "gazette/公报 1.pdf"]

    assert addresses(paths, SITE) == sorted(
        [
            f"{SITE}/",
            f"{SITE}/index.html",
            f"{SITE}/policies/2021/{quote('新 篇')}/",
            f"{SITE}/policies/2021/{quote('新 篇')}/index.html",
            f"{SITE}/gazette/{quote('公报')}%201.pdf",
        ]
    )


def test_each_vendor_gets_its_own_form_and_no_more_than_it_takes(
    tmp_path: Path, releases: Path
) -> None:
    make(releases, 1, pages("red", count=520))
    make(releases, 2, pages("green", count=520))
    stale = tmp_path / "purge/tencent-0009.json"
    stale.parent.mkdir()
    stale.write_text("{}", "utf-8")

    urls = listed(releases, tmp_path / "purge")

    found = {file.name: json.loads(file.read_bytes()) for file in stale.parent.glob("*.json")}
    assert len(urls) > 1000
    assert [name for name in sorted(found) if not name.startswith("cloudflare")] == [
        "aliyun-0001.json",
        "aliyun-0002.json",
        "tencent-0001.json",
        "tencent-0002.json",
    ]
    assert found["aliyun-0001.json"] == {"ObjectPath": "\n".join(urls[:1000]), "ObjectType": "File"}
    assert found["tencent-0002.json"] == {"Urls": urls[1000:]}
    cloudflare = [found[name]["files"] for name in sorted(found) if name.startswith("cloudflare")]
    assert list(chain.from_iterable(cloudflare)) == urls
    assert max(map(len, cloudflare)) == 30


def test_of_more_than_a_days_quota_only_what_does_not_mend_itself_is_listed(
    tmp_path: Path, two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vendors, "DAILY", 5)

    urls = listed(two, tmp_path / "purge")

    assert "超过一天的限额：只刷新附件、撤下的和新增的" in capsys.readouterr().out
    assert f"{SITE}/policies/2021/3/" in urls
    assert f"{SITE}/policies/2021/1/" not in urls


def test_the_command_line_offers_every_vendor() -> None:
    _, send = OPTIONS["send"]

    assert send["choices"] == tuple(VENDORS)


NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CREDENTIALS = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "id",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "secret",
    "TENCENTCLOUD_SECRET_ID": "id",
    "TENCENTCLOUD_SECRET_KEY": "secret",
    "CLOUDFLARE_API_TOKEN": "token",
    "CLOUDFLARE_ZONE_ID": "zone",
}


@pytest.mark.parametrize("name", VENDORS)
def test_without_credentials_nothing_is_sent(
    name: str,
    tmp_path: Path,
    two: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for variable in CREDENTIALS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(vendors, "send", lambda _request: pytest.fail("was sent"))

    code = purge(
        options("purge", "--releases", str(two), "--requests", str(tmp_path / "p"), "--send", name)
    )

    assert code == 1
    said = capsys.readouterr().err
    for variable in VENDORS[name].credentials:
        assert variable in said


def test_calls_are_signed_as_the_vendors_own_libraries_sign_them() -> None:
    urls = ["https://www.example.gov.cn/zwgk/a%20b/", "https://www.example.gov.cn/zwgk/x?y"]
    requests = {
        name: vendor.request(vendor.bodies(urls)[0], CREDENTIALS, NOW)
        for name, vendor in VENDORS.items()
    }

    # What alibabacloud-openapi-util 0.2.4 and tencentcloud-sdk-python-common 3.1.195 make of them.
    signatures = {
        "aliyun": "Signature=c0cf8b41cec29393995ef73736d7fa6970c77334dc4af852d5059d354a5d59ac",
        "tencent": "Signature=3e275cbb93631375606b549e9baaaeff5d3714327e98ea850de64a3ff54b9511",
        "cloudflare": "Bearer token",
    }
    for name, signature in signatures.items():
        assert requests[name].headers["authorization"].endswith(signature)


@pytest.mark.parametrize("name", VENDORS)
def test_with_credentials_every_call_is_sent(
    name: str, tmp_path: Path, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Request] = []
    for variable, value in CREDENTIALS.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(vendors, "send", sent.append)

    purge(
        options("purge", "--releases", str(two), "--requests", str(tmp_path / "p"), "--send", name)
    )

    assert len(sent) == len(list((tmp_path / "p").glob(f"{name}-*.json")))
    assert all(request.url.startswith("https://") for request in sent)


def test_the_first_release_has_nothing_to_be_compared_with(
    releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(releases, 1, pages("red", count=1))

    assert purge(options("purge", "--releases", str(releases))) == 1
    assert "改法：用 SINCE=…" in capsys.readouterr().err


class Vendor(BaseHTTPRequestHandler):
    """A server that answers as it is told to."""

    answer: bytes
    status: int
    got: bytes

    def do_POST(self) -> None:
        """Keep the question and answer it."""
        type(self).got = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.mark.parametrize(
    ("status", "answer", "granted"),
    [
        (200, {"RequestId": "1", "RefreshTaskId": "2"}, True),
        (200, {"Response": {"RequestId": "1", "TaskId": "2"}}, True),
        (200, {"success": True, "errors": []}, True),
        (200, {"Response": {"RequestId": "1", "Error": {"Code": "LimitExceeded"}}}, False),
        (400, {"Code": "QuotaExceeded.Refresh", "RequestId": "1"}, False),
        (403, {"success": False, "errors": [{"code": 10000}]}, False),
    ],
)
def test_what_a_vendor_does_not_grant_is_told_in_its_own_words(
    status: int,
    answer: dict[str, object],
    granted: bool,  # noqa: FBT001  # an expected value
) -> None:
    kind = type("Answering", (Vendor,), {"status": status, "answer": json.dumps(answer).encode()})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        request = Request(f"http://127.0.0.1:{server.server_port}/", {}, b"body")
        if granted:
            vendors.send(request)
        else:
            with pytest.raises(DeliveryError, match=r"(?s)LimitExceeded|QuotaExceeded|10000"):
                vendors.send(request)
        thread.join()
    assert kind.got == b"body"  # type: ignore[attr-defined]  # set by the handler
