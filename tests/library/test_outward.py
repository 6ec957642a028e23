"""Links to other sites: by name, and only to those that the office has listed."""

from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.problems import Severity
from plugins.settings import Settings
from tests.county import POLICY, SOUND, ContentError, build, settings, write_county

HOSTS = """- host: www.gov.cn
  name: 中国政府网
- host: "*.linfen.gov.cn"
  name: 临汾市各部门
"""
PATH = "policies/2021/2021-005.md"


def said(folder: Path, files: dict[str, str | bytes], made: Settings | None = None) -> list[str]:
    """Errors as an editor reads them: file, line, message."""
    content = write_county(folder / "content", {**SOUND, **files})
    problems = check_content(content, made or settings()).problems
    return [f"{p.path}:{p.mark.line} {p.message}" for p in problems if p.severity is Severity.ERROR]


def linking(url: str) -> str:
    return POLICY.replace("居民用水", f"居民[用水]({url})")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.cn/zhengce/",
        "https://WWW.GOV.CN/",
        "https://water.linfen.gov.cn/",
        "https://www.example.gov.cn/zwgk/",
        "mailto:office@example.gov.cn",
        "tel:12345",
    ],
)
def test_a_listed_site_the_own_one_and_a_telephone_may_be_linked(tmp_path: Path, url: str) -> None:
    assert said(tmp_path, {"outward_hosts.yaml": HOSTS, PATH: linking(url)}) == []


@pytest.mark.parametrize(
    "host", ["www.gov.cn.example.com", "gov.cn", "linfen.gov.cn", "xlinfen.gov.cn", "a.www.gov.cn"]
)
def test_another_site_is_told_with_its_line(tmp_path: Path, host: str) -> None:
    text = linking(f"https://{host}/")
    line = text.split("\n").index(f"居民[用水](https://{host}/)要节约。") + 1

    errors = said(tmp_path, {"outward_hosts.yaml": HOSTS, PATH: text})

    assert errors == [f"content/{PATH}:{line} 外站 {host} 不在可以链接的网站名单里"]


def test_without_a_list_any_site_may_be_linked(tmp_path: Path) -> None:
    assert said(tmp_path, {PATH: linking("https://www.example.com/")}) == []


@pytest.mark.parametrize("url", ["http://203.0.113.9/x", "https://[2001:db8::1]/", "http://10.1/"])
def test_a_number_is_no_name_even_without_a_list(tmp_path: Path, url: str) -> None:
    (error,) = said(tmp_path, {PATH: linking(url)})

    assert "用了 IP 地址，只有 IPv6 的用户打不开" in error


def test_the_address_of_an_official_text_is_asked_too(tmp_path: Path) -> None:
    text = POLICY.replace("keywords:", "official_address: https://law.example.com/1\nkeywords:")
    line = text.split("\n").index("official_address: https://law.example.com/1") + 1

    errors = said(tmp_path, {"outward_hosts.yaml": HOSTS, PATH: text})

    assert f"content/{PATH}:{line} 外站 law.example.com 不在可以链接的网站名单里" in errors


def test_so_are_redirects(tmp_path: Path) -> None:
    redirects = "- from: policies/2021/old/\n  to: https://a.example.com/\n  date: 2021-08-02\n"

    errors = said(tmp_path, {"outward_hosts.yaml": HOSTS, "redirects.yaml": redirects})

    assert errors == ["content/redirects.yaml:2 外站 a.example.com 不在可以链接的网站名单里"]


@pytest.mark.parametrize(
    "written", ["https://www.gov.cn", "203.0.113.9", "WWW.gov.cn", "www.gov.cn/", "*", "gov"]
)
def test_an_entry_of_the_list_must_be_a_name(tmp_path: Path, written: str) -> None:
    hosts = f'- host: "{written}"\n  name: 某网站\n'

    errors = said(tmp_path, {"outward_hosts.yaml": hosts})

    assert errors == [f"content/outward_hosts.yaml:1 “{written}”不是网站的域名"]


def test_a_list_that_is_changed_is_asked_again_in_the_next_build(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", {**SOUND, PATH: linking("https://a.example.com/")})
    build(content, tmp_path / "output")

    (content / "outward_hosts.yaml").write_text(HOSTS, "utf-8")

    with pytest.raises(ContentError, match=r"外站 a\.example\.com 不在可以链接的网站名单里"):
        build(content, tmp_path / "output")
