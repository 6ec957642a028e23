"""The engine where texts and settings are odd: rare characters, common terms, very many shards."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.checking import check_content
from plugins.library import Library
from plugins.search import index as indexing
from plugins.search.bundle import MANIFEST, numbered
from plugins.search.bundle import bundle as made_of
from plugins.search.rows import counts_of
from plugins.search.tokens import number_key, token_of, tokens
from tests.county import POLICY, settings, write_county
from tests.search.workbench import SCRIPTS, STATIC, made, open_engine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COUNT = 60
WORDS = (
    "政务公开",
    "𠀀﨎村",
    "﨎𠀀镇",
    "尧都区",
    "2021",
    "3.5",
    "IPv6",
    "GB/T",
    "第12条",
    "〇",
    "々",
)
SIGNS = "政务公开〔〕（）号0123456789.-aZéΣß々〇 \n﨎𠀀㎡①Ａ１ﬁ가か\u200b\ufe0f\u00ad"
SEARCHED = """async (asked) => {
  const all = [];
  for (const text of asked) {
    const [{ hits }, exact] = [await engine.search(text), await engine.exact(text)];
    all.push([hits.map(({ document }) => document), exact.map(({ ref }) => Number(ref))]);
  }
  return all;
}"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    chance = random.Random(7)
    files = {}
    for number in range(1, COUNT + 1):
        said = "，".join("".join(chance.choices(WORDS, k=2)) for _ in range(chance.randint(1, 9)))
        text = POLICY.replace("〕5号", f"〕{number}号").replace("居民用水要节约。", f"{said}。")
        files[f"policies/2021/2021-{number:03}.md"] = text
    content = write_county(tmp_path_factory.mktemp("corners") / "content", files)
    public = check_content(content, settings()).public
    assert len(public) == COUNT
    return public


@pytest.fixture(scope="module")
def bare(chromium: Browser) -> Iterator[Page]:
    """The engine's functions, and no index."""
    page = open_engine(chromium, {})
    yield page
    page.context.close()


def test_any_text_is_cut_as_python_cuts_it(bare: Page) -> None:
    chance = random.Random(3)
    texts = ["".join(chance.choices(SIGNS, k=chance.randint(1, 40))) for _ in range(800)]

    assert bare.evaluate("texts => texts.map(searchEngine.tokens)", texts) == [*map(tokens, texts)]


def test_any_number_has_the_key_that_python_gives_it(bare: Page) -> None:
    chance = random.Random(4)
    parts = (
        ("尧政办发", "晋", "晋政 发", "国务院令", "令", ""),
        ("〔2021〕", "２０２１", "[1999]", "（2021）年", "21", " 2021 ", "【2050】第"),
        ("15", "0", "007", "１５", "123456", "十", ""),
        ("号", "", " 号", "文", "号》"),
    )
    texts = ["".join(map(chance.choice, parts)) for _ in range(800)]
    keys = [number_key(text) for text in texts]
    assert 100 < len([*filter(None, keys)]) < 700

    assert bare.evaluate("texts => texts.map(searchEngine.numberKey)", texts) == keys


@pytest.mark.parametrize("form", ["as it is", "common terms", "many shards"])
def test_all_texts_that_hold_the_words_are_found_and_no_others(
    chromium: Browser,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    """However the terms are spread over files; characters beyond 16 bits sort where they may."""
    if form == "common terms":
        monkeypatch.setattr(indexing, "COMMON", 20)
    if form == "many shards":
        monkeypatch.setattr(indexing, "SHARD", 1)
        monkeypatch.setattr(sys.modules[made_of.__module__], "INLINE_BITS", 6)
    found = made(library, settings(), tmp_path)
    manifest = json.loads(found[f"search/{MANIFEST}"])
    assert ("m" in manifest) == (form == "many shards")
    assert bool(manifest["common"]) == (form == "common terms")
    asked = [*WORDS[:4], *WORDS[6:7], "﨎村", "2021年", "IPv6 尧都区", "没有的词"]

    page = open_engine(chromium, found)
    results = page.evaluate(SEARCHED, asked)
    page.context.close()

    held = {
        number: {token_of(t) for of_field in counts_of(document, library) for t in of_field}
        for number, document in numbered(library)
    }
    for text, (hits, exact) in zip(asked, results, strict=True):
        wanted = {number for number, said in held.items() if said & set(tokens(text))}
        assert set(exact) == wanted, text
        assert {n for n in wanted if set(tokens(text)) <= held[n]} <= set(hits), text


def test_of_more_texts_than_lunr_is_given_the_best_are_ranked_and_the_rest_follow_by_day(
    chromium: Browser, library: Library, tmp_path: Path
) -> None:
    found = made(library, settings(), tmp_path)
    name = SCRIPTS[-1]
    script, limit = (STATIC / name).read_text("utf-8"), "MOST_DOCUMENTS = 3000"
    assert script.count(limit) == 1
    few = script.replace(limit, "MOST_DOCUMENTS = 20").encode()
    asked = ["节水", "通知", "政务公开", "尧都区"]

    results = []
    for given in (found, {**found, name: few}):
        page = open_engine(chromium, given)
        results.append([hits for hits, _ in page.evaluate(SEARCHED, asked)])
        page.context.close()

    for text, whole, cut in zip(asked, *results, strict=True):
        assert len(whole) > 20, text
        assert cut[:5] == whole[:5], text
        assert sorted(cut) == sorted(whole), text
        assert (cut[20:] == sorted(cut[20:], reverse=True)) or len(tokens(text)) > 1, text
        assert cut != whole, text
