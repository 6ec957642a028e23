"""What the built files load and where they lead, told without a browser."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pydyf
import pytest

from plugins import auditing
from plugins.origins.selfcontained import Allowed, faults_in
from plugins.records.office import OutwardHost

ALLOWED = Allowed(frozenset({"www.example.gov.cn"}), (OutwardHost("*.gov.cn", "各级政府"),))


def told(folder: Path, name: str, text: str | bytes) -> list[str]:
    """What is wrong with a site of this one file."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(faults_in(folder, ALLOWED))


def test_a_whole_site_stands_on_its_own(county_site: Path) -> None:
    assert list(faults_in(county_site, ALLOWED)) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.html", '<img src="https://x.example/a.png">', "加载外站 https://x.example/a.png"),
        ("a.html", '<img srcset="a.png 1x, //x.example/b.png 2x">', "加载外站 //x.example/b.png"),
        ("a.html", '<script src="//x.example/a.js"></script>', "加载外站 //x.example/a.js"),
        ("a.html", '<link rel=stylesheet href="//x.example/a">', "加载外站 //x.example/a"),
        ("a.html", '<form action="https://x.example/">', "加载外站 https://x.example/"),
        ("a.html", '<p style="background:url(//x.example/a)">', "加载外站 //x.example/a"),
        ("a.html", "<style>@import '//x.example/a';</style>", "加载外站 //x.example/a"),
        ("a.html", "<script>fetch('//x.example/a')</script>", "加载外站 //x.example/a"),
        ("a.html", '<a href="https://x.example/">', "链接到名单以外的 https://x.example/"),
        ("a.html", "<p>见 http://203.0.113.9/a", "用了 IPv4 地址 http://203.0.113.9/a"),
        ("a.css", "a{b:url( 'https://x.example/a' )}", "加载外站 https://x.example/a"),
        ("a.js", "x=`wss://x.example/a`", "加载外站 wss://x.example/a"),
        ("a.svg", "<use xlink:href='//x.example/#a'/>", "加载外站 //x.example/#a"),
        ("a.json", '{"a":"//203.0.113.9/"}', "用了 IPv4 地址 //203.0.113.9/"),
        ("a.xml", "<loc>http://203.0.113.9/</loc>", "用了 IPv4 地址 http://203.0.113.9/"),
    ],
)
def test_what_leads_elsewhere_is_told(tmp_path: Path, name: str, text: str, fault: str) -> None:
    assert f"{name}：{fault}" in told(tmp_path, name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<img src="a.png"><img src="data:image/png;base64,//AA"><a href="../b/">'),
        ("a.html", '<link rel="canonical" href="https://elsewhere.example/">'),
        ("a.html", '<a href="https://www.gov.cn/"><a href="https://www.example.gov.cn/a/">'),
        ("a.html", '<script type="application/ld+json">{"@context":"https://schema.org"}</script>'),
        ("a.html", "<p>网址 https://x.example/ 只是文字，1.2.3.4 也是"),
        ("a.js", "// see https://x.example/\ne.createElementNS('http://www.w3.org/2000/svg', 'g')"),
        ("a.css", "/* https://x.example/ */ a{b:url(c.png)}"),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>'),
        ("a.json", '{"version": "https://x.example/1.2.3.4/", "a": "//1.2.3.4.example/"}'),
    ],
)
def test_what_is_the_site_s_own_or_only_a_name_is_not(tmp_path: Path, name: str, text: str) -> None:
    assert told(tmp_path, name, text) == []


@pytest.mark.parametrize("is_packed", [False, True])
def test_links_of_a_pdf_are_seen(tmp_path: Path, *, is_packed: bool) -> None:
    action = b"<</S /URI /URI (http://203.0.113.9/a)>>"
    if is_packed:
        packed = zlib.compress(action)
        data = b"1 0 obj\n<</Type /ObjStm /N 1>>\nstream\n" + packed + b"\nendstream\nendobj"
    else:
        pdf, held = pydyf.PDF(), io.BytesIO()
        pdf.add_object(pydyf.Dictionary({"S": "/URI", "URI": pydyf.String("http://203.0.113.9/a")}))
        pdf.write(held)
        data = held.getvalue()

    assert told(tmp_path, "a.pdf", data) == [
        "a.pdf：用了 IPv4 地址 http://203.0.113.9/a",
        "a.pdf：链接到名单以外的 http://203.0.113.9/a",
    ]


def test_without_a_list_any_site_may_be_linked_but_none_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="//x.example/"><img src="//y.example/">', "utf-8")

    faults = list(faults_in(tmp_path, Allowed(frozenset())))

    assert faults == ["a.html：加载外站 //y.example/"]


def test_the_audit_takes_names_from_settings_and_content(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    (tmp_path / "outward_hosts.yaml").write_text("- host: a.example\n  name: 某网站\n", "utf-8")

    found = auditing.allowed(tmp_path)

    assert found == Allowed(
        frozenset({"www.example.gov.cn"}), (OutwardHost("a.example", "某网站"),)
    )


def test_the_audit_prints_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text('<img src="//x.example/a">', "utf-8")

    assert not auditing.check_hosts(tmp_path, ALLOWED)
    assert "a.html：加载外站 //x.example/a" in capsys.readouterr().out
