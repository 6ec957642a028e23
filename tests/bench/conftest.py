"""A made-up law, its passages, and small content folders made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.bench.contents import Contents, write_short
from plugins.bench.passages import Passage, passages_of
from plugins.trial.converting import Converted, convert
from plugins.trial.sources import read_source

NUMERALS = "一二三四五六七八九十"
SENTENCE = "巡查人应当每日沿河走一遍，看见堵塞的地方及时清理，看见损坏的地方及时报告。"
ARTICLES = "\n\n".join(
    f"第{numeral}条 {SENTENCE * (2 + place % 4)}" for place, numeral in enumerate(NUMERALS)
)
LAW = f"""# 河道巡查条例

2003年5月1日 中华人民共和国国务院令第9001号公布

<!-- INFO END -->

## 第一章 总则

{ARTICLES}

### 第一节 附则

第十一条 本条例自公布之日起施行。
"""
PATH = "行政法规/河道巡查条例(2003-05-01).md"


@pytest.fixture
def texts(tmp_path: Path) -> list[Converted]:
    file = tmp_path / "corpus" / PATH
    file.parent.mkdir(parents=True)
    file.write_text(LAW, encoding="utf-8")
    return convert([read_source(tmp_path / "corpus", PATH)])


@pytest.fixture
def passages(texts: list[Converted]) -> list[Passage]:
    return passages_of(texts)


@pytest.fixture
def county(root: Path, passages: list[Passage], tmp_path: Path) -> Contents:
    """Thirty short documents: more than there are passages."""
    return write_short(root / "content", passages, 30, tmp_path / "county")
