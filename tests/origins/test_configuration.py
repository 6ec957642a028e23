"""`make origin`: what is asked for is written; what cannot be served is refused, in Chinese."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.__main__ import parse
from plugins.origins import caddy, nginx
from plugins.origins.answers import HASHED, KEEPING, PAGES, cache_control
from plugins.origins.command import command
from plugins.origins.site import Gone, Moved, Site
from tests.origins.client import Citizen
from tests.origins.ground import Ground
from tests.origins.papers import Papers, issue
from tests.origins.servers import HOST, KINDS, running, site_at


def run(*words: str | Path) -> int:
    _, args = parse(["origin", *map(str, words)])
    return command(args)


def site(folder: Path, rows: Sequence[object] = ()) -> Path:
    (folder / "redirects.json").write_text(json.dumps({"redirects": rows}), "utf-8")
    return folder


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_every_option_is_in_the_file(tmp_path: Path, server: str) -> None:
    rows = [{"from": "/a/", "status": 301, "to": "/b/"}, {"from": "/c/", "status": 410}]
    output = site(tmp_path, rows)
    words = ["--site", "https://zwgk.example.gov.cn/", "--root", "/srv/site", "--brotli"]
    words += ["--certificate", "/etc/chain.pem", "--key", "/etc/key.pem"]

    code = run("--server", server, "--output", output, "--config", tmp_path / "conf", *words)

    text = (tmp_path / "conf").read_text("utf-8")
    assert code == 0
    for wanted in ("zwgk.example.gov.cn", "/srv/site", "/etc/chain.pem", "/etc/key.pem"):
        assert wanted in text
    assert "/a/" in text
    assert "/c/index.html" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["conf", "redirects.json"]


def test_the_address_is_that_of_publishconf_where_none_is_given(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)

    code = run("--output", site(tmp_path), "--config", tmp_path / "conf")

    assert code == 0
    assert "https://www.example.gov.cn/zwgk/" in capsys.readouterr().out
    assert "location /zwgk/ {" in (tmp_path / "conf").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--site", "http://www.example.gov.cn"], "不能用作网站的网址"),
        (["--site", "https://203.0.113.9/"], "不能用作网站的网址"),
        (["--site", "https://www.example.gov.cn:8443/"], "不能用作网站的网址"),
        (["--site", "https://www.example.gov.cn/a b"], "不能用作网站的网址"),
        (["--site", "https://www.example.gov.cn/a;b"], "不能用作网站的网址"),
        (["--root", "srv/site"], "网站文件夹“srv/site”写法不对"),
        (["--root", "/srv/my site"], "网站文件夹“/srv/my site”写法不对"),
        (["--key", "/etc/key;}"], "私钥文件“/etc/key;}”写法不对"),
        (["--certificate", "chain.pem"], "证书文件“chain.pem”写法不对"),
        (["--site", "https://www.example.gov.cn/other"], "是按另一个网址生成的"),
        (["--output", "nowhere"], "nowhere 里没有 redirects.json"),
        (["--config", "redirects.json/conf"], "不能读写"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    site(tmp_path, [{"from": "/a/", "status": 410}])
    given = ["--site", "https://www.example.gov.cn", "--output", ".", "--config", "conf"]

    code = run(*given, *words)

    told = capsys.readouterr().err
    assert code == 1
    assert said in told
    assert "\n    改法：" in told
    assert [path.name for path in tmp_path.iterdir()] == ["redirects.json"]


def test_outside_of_a_project_the_address_must_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("--output", site(tmp_path)) == 1
    assert "不知道网站的网址" in capsys.readouterr().err


def test_ten_thousand_moved_addresses_are_no_patterns_and_nginx_takes_them(
    tmp_path: Path,
) -> None:
    moved = tuple(Moved(f"/a/{n}.x/", f"/b/{n}/") for n in range(10_000))
    papers = issue(tmp_path, HOST)
    chain, key = str(papers.certificate), str(papers.key)
    many = Site(host=HOST, base="", root="/s", certificate=chain, key=key, moved=moved)
    user = "user root;" if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"{user} pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}\n"
        f"http {{ access_log off; {nginx.configuration(many)} }}",
        "utf-8",
    )

    done = subprocess.run(
        ["nginx", "-t", "-e", f"{tmp_path}/log", "-c", f"{tmp_path}/nginx.conf"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr
    assert nginx.configuration(many).count("~") < 20


def test_brotli_is_asked_of_nginx_only_where_it_has_the_module() -> None:
    plain = Site(host="a.example", base="", root="/s", certificate="/c", key="/k")
    packed = replace(plain, brotli=True)

    assert "brotli" not in nginx.configuration(plain)
    assert "brotli_static on;" in nginx.configuration(packed)
    assert caddy.configuration(plain) == caddy.configuration(packed)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/zwgk/search/d/1a-awhtg.json", HASHED.cache_control),
        ("/search/t/0-afskz.txt", HASHED.cache_control),
        ("/search/d/1a-awht1.json", PAGES),
        ("/search/manifest.json", "no-cache"),
        ("/gazette/worker.js", "no-cache"),
        ("/gazette/2021-01/offline.json", "no-cache"),
        ("/gazette/app.webmanifest", "no-cache"),
        ("/gazette/2021-01/2021-01.pdf", KEEPING[2].cache_control),
        ("/theme/gongkai.css", PAGES),
        ("/", PAGES),
    ],
)
def test_every_file_has_its_class(path: str, wanted: str) -> None:
    assert cache_control(path) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_that_has_its_host_to_itself_is_served_from_the_root(
    kind: str, ground: Ground, papers: Papers, county_site: Path, tmp_path: Path
) -> None:
    """Its links are relative: the same files do under any base path, or none."""
    whole = replace(
        site_at(county_site, papers),
        base="",
        moved=(Moved("/old/", "/policies/"),),
        gone=(Gone("/wrong/", "/notices/2021/wrong/index.html"),),
    )
    asked = ("/", "/policies/", "/old/", "/wrong/", "/nowhere/", "/.gongkai")

    with running(kind, whole, ground, tmp_path / "server"):
        citizen = Citizen(ground, papers)
        replies = [citizen.ask(path) for path in asked]

    assert [reply.status for reply in replies] == [200, 200, 301, 410, 404, 404]
    assert replies[2]["location"] == "/policies/"
    assert "重复公布" in replies[3].body.decode()
