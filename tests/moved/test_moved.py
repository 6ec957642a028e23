"""A page at every address that is no more, and the list for the server."""

from __future__ import annotations

import json
from pathlib import Path

from tests.county import SOUND, build, settings, write_county

REDIRECTS = """\
- from: old/page.html
  to: policies/2021/2021-005/
  date: 2021-08-01
  note: 合并公布。
- from: old/news/
  to: https://www.example.gov.cn/news/
  date: 2021-08-01
- from: notices/2021/2021-001/
  gone: 错误
  to: policies/
  date: 2021-08-02
  note: 发错了<b>。
"""
BASE = "https://www.example.gov.cn/zwgk"


def made(tmp_path: Path) -> Path:
    content = write_county(tmp_path / "content", {**SOUND, "redirects.yaml": REDIRECTS})
    build(content, tmp_path / "output", settings(site_url=BASE))
    return tmp_path / "output"


def test_a_moved_page_leads_on_without_scripts(tmp_path: Path) -> None:
    text = (made(tmp_path) / "old" / "page.html").read_text("utf-8")

    assert '<meta http-equiv="refresh" content="0; url=../policies/2021/2021-005/">' in text
    assert f'<link rel="canonical" href="{BASE}/policies/2021/2021-005/">' in text
    assert "到新的网址：某县人民政府办公室关于做好节水工作的通知" in text
    assert "合并公布。" in text


def test_a_page_may_have_moved_to_another_site(tmp_path: Path) -> None:
    text = (made(tmp_path) / "old" / "news" / "index.html").read_text("utf-8")

    assert '<meta http-equiv="refresh" content="0; url=https://www.example.gov.cn/news/">' in text
    assert '<link rel="canonical" href="https://www.example.gov.cn/news/">' in text


def test_a_page_that_was_taken_down_says_why_and_whom_to_ask(tmp_path: Path) -> None:
    text = (made(tmp_path) / "notices" / "2021" / "2021-001" / "index.html").read_text("utf-8")

    assert "这个网页已撤下" in text
    assert "自2021年8月2日起撤下：原来发布的内容有误。" in text
    assert "发错了&lt;b&gt;。" in text
    assert '<a href="../../../policies/">' in text
    assert "某县人民政府办公室" in text
    assert "12345" in text
    assert "refresh" not in text


def test_the_server_is_told_in_one_file(tmp_path: Path) -> None:
    data = json.loads((made(tmp_path) / "redirects.json").read_text("utf-8"))

    assert data == {
        "redirects": [
            {"from": "/zwgk/notices/2021/2021-001/", "status": 410},
            {
                "from": "/zwgk/old/news/",
                "status": 301,
                "to": "https://www.example.gov.cn/news/",
            },
            {
                "from": "/zwgk/old/page.html",
                "status": 301,
                "to": "/zwgk/policies/2021/2021-005/",
            },
        ]
    }


def test_an_entry_that_is_taken_out_takes_its_page_along(tmp_path: Path) -> None:
    output = made(tmp_path)
    kept = REDIRECTS[: REDIRECTS.index("- from: old/news/")]
    (tmp_path / "content" / "redirects.yaml").write_text(kept, "utf-8")

    done = build(tmp_path / "content", output, settings(site_url=BASE))

    assert sorted(done.removed) == ["notices/2021/2021-001/index.html", "old/news/index.html"]
    assert done.written == ["redirects.json"]
