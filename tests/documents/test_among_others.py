"""Several documents in one PDF: their places do not meet, and their links still lead somewhere."""

from __future__ import annotations

from pathlib import Path

from plugins.presenting import body_among_others
from plugins.reading.tree import read_tree
from tests.county import SOUND, settings, write_county

TEXT = """---
title: 某县政府信息公开指南
published: 2021-01-04 09:00
summary: 介绍怎样获取政府信息。
---

## 一、分类

见[下一节](#s1.1)、[通知](../policies/2021/2021-005.md#s1)和[外站](https://www.gov.cn/?a=1&b=2)。

### （一）图

![流程图](flow.svg)
"""


def test_a_body_among_others_keeps_its_places_and_links(tmp_path: Path) -> None:
    files = {**SOUND, "pages/guide.md": TEXT, "pages/flow.svg": "<svg/>"}
    tree = read_tree(write_county(tmp_path / "content", files))
    document = next(found for entry, found in tree.documents if entry.id == "pages/guide")

    body = body_among_others(document, settings(site_url="https://www.example.gov.cn/zwgk"))

    root = "https://www.example.gov.cn/zwgk"
    assert '<h3 id="pages-guide-s1">' in body
    assert '<h4 id="pages-guide-s1.1">' in body
    assert 'href="#pages-guide-s1.1"' in body
    assert f'href="{root}/policies/2021/2021-005/#s1"' in body
    assert 'href="https://www.gov.cn/?a=1&amp;b=2"' in body
    assert f'src="{root}/pages/guide/flow.svg"' in body
    assert "<h2" not in body
    assert "</h3>" in body
