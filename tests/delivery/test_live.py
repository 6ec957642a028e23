"""What citizens are sent is compared with the release, over IPv6 and IPv4: every fault shows."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from plugins.delivery import deploy, verify_live
from tests.delivery import servers
from tests.delivery.conftest import options
from tests.delivery.releases import make, pages

PAGE = "policies/2021/3/index.html"
PDF = "gazette/2021-01/公报 1.pdf"


@pytest.fixture
def tree(tmp_path: Path, releases: Path) -> Path:
    """A release on a file origin."""
    make(releases, 7, pages("red", count=6))
    target = tmp_path / "www"
    deploy(options("deploy", "--target", str(target), "--releases", str(releases)))
    return target / "current"


@pytest.fixture(autouse=True)
def both_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let localhost mean both kinds of IP; not every machine's list of hosts says so."""
    real = socket.getaddrinfo

    def found(host: str, port: int, family: int = 0, *rest: int) -> list[Any]:
        own = {socket.AF_INET6: "::1", socket.AF_INET: "127.0.0.1"}
        return real(
            own[socket.AddressFamily(family)] if host == "localhost" else host, port, family, *rest
        )

    monkeypatch.setattr(socket, "getaddrinfo", found)


def verified(port: int, releases: Path, *words: str) -> int:
    url = f"http://localhost:{port}"
    return verify_live(options("verify-live", "--url", url, "--releases", str(releases), *words))


def test_a_site_that_is_its_release_passes_over_both_kinds_of_ip(
    tmp_path: Path, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.nginx(tmp_path / "nginx", tree) as port:
        assert verified(port, releases) == 0

    said = capsys.readouterr().out
    assert "第 7 版" in said
    assert "IPv6：全部相符" in said
    assert "IPv4：全部相符" in said


def test_without_the_release_folder_the_sites_own_manifest_will_do(
    tmp_path: Path, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(releases)
    with servers.nginx(tmp_path / "nginx", tree) as port:
        assert verified(port, releases) == 0
        (tree / PAGE).write_bytes(b"another")
        assert verified(port, releases) == 1

    assert "与网站自己公布的清单比较" in capsys.readouterr().out


def test_files_that_are_not_the_releases_are_named_for_both_kinds_of_ip(
    tmp_path: Path, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tree / PAGE
    page.write_bytes(page.read_bytes().replace("一".encode(), "二".encode()))
    (tree / "404.html").unlink()
    with servers.nginx(tmp_path / "nginx", tree) as port:
        assert verified(port, releases) == 1

    said = capsys.readouterr().out
    for kind in ("IPv6", "IPv4"):
        assert f"{kind}：2 处不符" in said
        assert f"{kind}：{PAGE}：内容与清单不符" in said
        assert f"{kind}：404.html：答的是 404" in said


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ('add_header Cache-Control "public, max-age=86400";', "会变的文件不能存过一小时"),
        ("expires off;", "会变的文件不能存过一小时，现为“”"),
        ("add_header Cache-Control max-age=60;", "名字里有校验码，应可长存"),
        ("add_header Cache-Control $cache always;", "404 不能长存"),
        ("add_header Cache-Control $cache; max_ranges 0;", "不能只取一段（Range），答的是 200"),
        ("add_header Cache-Control $cache; error_page 404 =200 /404.html;", "没有的网址应答 404"),
        ("add_header Cache-Control $cache; charset gbk;", "类型应是“text/html; charset=utf-8”"),
    ],
)
def test_a_server_that_answers_in_the_wrong_way_is_found_out(
    rules: str, fault: str, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.nginx(releases.parent / "nginx", tree, rules=rules) as port:
        assert verified(port, releases) == 1

    assert fault in capsys.readouterr().out


@pytest.mark.parametrize(("host", "missing"), [("127.0.0.1", "IPv6"), ("[::1]", "IPv4")])
def test_a_server_that_one_kind_of_ip_does_not_reach_is_found_out(
    host: str, missing: str, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.nginx(releases.parent / "nginx", tree, hosts=[host]) as port:
        assert verified(port, releases) == 1

    said = capsys.readouterr().out
    assert f"{missing}：连不上" in said
    assert said.count("全部相符") == 1


def test_what_was_withdrawn_must_not_be_sent_any_more(
    tmp_path: Path, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(releases, 8, pages("red", count=5))
    words = ("--target", str(tree.parent), "--releases", str(releases))
    deploy(options("deploy", *words))
    with servers.nginx(tmp_path / "nginx", tree) as port:
        assert verified(port, releases) == 0
        leaked = tree / "policies/2021/5/index.html"
        leaked.parent.mkdir()
        leaked.write_text("still here", "utf-8")
        assert verified(port, releases) == 1

    said = capsys.readouterr().out
    assert "IPv6：policies/2021/5/：已经撤下，还答 200" in said
    assert "IPv4：policies/2021/5/index.html：已经撤下，还答 200" in said


def test_a_server_may_answer_for_moved_and_gone_pages_itself(
    tmp_path: Path, releases: Path
) -> None:
    gone = {"from": "/zwgk/policies/2021/3/", "status": 410}
    site = pages("red", count=6)
    make(releases, 1, {**site, "redirects.json": json.dumps({"redirects": [gone]}).encode()})
    target = tmp_path / "www"
    deploy(options("deploy", "--target", str(target), "--releases", str(releases)))
    answer = "rewrite ^/policies/2021/NUMBER/$ /gone; location = /gone { return 410; }"
    found = []
    for number in ("3", "4"):
        with servers.nginx(
            tmp_path / number, target / "current", servers.RULES + answer.replace("NUMBER", number)
        ) as port:
            found.append(verified(port, releases))

    assert found == [0, 1]


def test_another_release_than_is_expected_is_named(
    tmp_path: Path, tree: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.nginx(tmp_path / "nginx", tree) as port:
        assert verified(port, releases, "--seq", "8") == 1

    assert "线上是第 7 版，不是第 8 版" in capsys.readouterr().out


ZONE = {
    ("example.gov.cn.", "SOA"): "ns1.example.gov.cn. root.example.gov.cn. 1 2 3 4 5",
    ("example.gov.cn.", "NS"): "ns1.example.gov.cn.",
    ("www.example.gov.cn.", "AAAA"): "2001:db8::80",
}


@contextmanager
def name_server(zone: dict[tuple[str, str], str]) -> Iterator[int]:
    """A name server that knows these records; its port."""
    message = pytest.importorskip("dns.message", reason="dnspython is not installed")
    flags, rdatatype, rrset = (
        pytest.importorskip(f"dns.{name}") for name in ("flags", "rdatatype", "rrset")
    )

    def answer(question: bytes) -> bytes:
        asked = message.from_wire(question)
        name, kind = str(asked.question[0].name), rdatatype.to_text(asked.question[0].rdtype)
        reply = message.make_response(asked)
        reply.flags |= flags.RA
        if (name, kind) in zone:
            reply.answer.append(rrset.from_text(name, 60, "IN", kind, zone[name, kind]))
        return bytes(reply.to_wire())

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                question, who = line.recvfrom(4096)
                if not question:
                    return
                line.sendto(answer(question), who)

        thread = threading.Thread(target=serve)
        thread.start()
        port = line.getsockname()[1]
        try:
            yield port
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
                end.sendto(b"", ("127.0.0.1", port))
            thread.join()


def test_the_host_and_each_of_its_name_servers_must_have_ipv6() -> None:
    with name_server(ZONE) as port:
        from plugins.delivery.names import look_up, resolver  # noqa: PLC0415  # after the skip

        asked = resolver()
        asked.nameservers, asked.port = ["127.0.0.1"], port
        found = look_up("www.example.gov.cn", asked)

    assert found is not None
    assert found.host == ("2001:db8::80",)
    assert found.servers == {"ns1.example.gov.cn": ()}


def test_where_nobody_answers_for_names_nothing_is_said_of_them() -> None:
    resolver = pytest.importorskip("dns.resolver", reason="dnspython is not installed")
    from plugins.delivery.names import look_up  # noqa: PLC0415  # after the skip

    assert look_up("www.example.gov.cn", resolver.Resolver(configure=False)) is None
