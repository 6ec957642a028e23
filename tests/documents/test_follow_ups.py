"""解读脉络: an interpretation and what followed it, in order, on each of its pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.county import INTERPRETATION, SOUND, build, write_county

MORE = {
    "001": "",
    "002": "follows: interpretations/2021/2021-001\nstage: 延伸解读\nreaction: 怎么报修",
    "003": "follows: interpretations/2021/2021-002\nstage: 补充解读\nprompted_by: notices/2021/a",
    "004": "follows: interpretations/2021/2021-001\nstage: 补充解读\nreaction: 收不收费",
}
NOTICE = """---
title: 节水意见征集结果
published: 2021-07-17 09:00
disclosure: 主动公开
issuer: 某县人民政府办公室
kind: 征求意见
summary: 群众意见汇总。
---

问得最多的是报修。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    files = {**SOUND, "notices/2021/a.md": NOTICE}
    for place, (number, more) in enumerate(MORE.items()):
        text = INTERPRETATION.replace("kinds:", f"{more}\nkinds:").replace("\n\nkinds", "\nkinds")
        text = text.replace("2021-07-16", f"2021-07-{16 + place}")
        text = text.replace("》解读", f"》解读{place}").replace("summary:", "summary: 第几份")
        files[f"interpretations/2021/2021-{number}.md"] = text
    build(write_county(folder / "content", files), folder / "out")
    return folder / "out"


def _chain(page: str) -> list[str]:
    line = page.partition('id="chain"')[2].partition("</ol>")[0]
    return [re.sub(r"<[^>]+>", "", span) for span in re.findall(r"<span>(.*?)</span>", line)]


def test_each_member_shows_the_whole_chain_in_order(site: Path) -> None:
    titles = [f"《关于做好节水工作的通知》解读{place}" for place in range(4)]
    stages = ["首次解读", "延伸解读", "补充解读", "补充解读"]
    for place, number in enumerate(MORE):
        page = (site / f"interpretations/2021/2021-{number}/index.html").read_text("utf-8")
        expected = [f"{stage}：{title}" for stage, title in zip(stages, titles, strict=True)]
        expected[place] = f"{stages[place]}（本页）"
        assert _chain(page) == expected


def test_a_follow_up_says_what_brought_it_about(site: Path) -> None:
    second = (site / "interpretations/2021/2021-002/index.html").read_text("utf-8")
    third = (site / "interpretations/2021/2021-003/index.html").read_text("utf-8")

    assert "群众关切：怎么报修" in second
    assert 'href="../../../interpretations/2021/2021-001/"' in second
    assert 'href="../../../notices/2021/a/">节水意见征集结果</a>' in third


def test_the_documents_page_lists_the_chain_in_order(site: Path) -> None:
    page = (site / "policies/2021/2021-005/index.html").read_text("utf-8")
    listed = page.partition('id="interpretations"')[2].partition("</section>")[0]

    assert re.findall(r"通知》解读(\d)", listed) == ["0", "1", "2", "3"]
