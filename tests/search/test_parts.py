"""Long texts in parts: nothing is lost, and an excerpt is as good from some parts as from all."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from plugins.checking import check_content
from plugins.search.parts import LONG, MOST, PART, parts_of, places_in
from plugins.search.postings import decode_places, encode_places
from plugins.search.tokens import token_of, tokens
from tests.county import POLICY, settings, write_county
from tests.search.workbench import STATIC, made, open_engine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GONE = """async (words) => {
  const { hits, places } = await engine.search(words);
  const row = await engine.row(hits[0].document);
  const parts = row.parts.map(() => "https://gone.test/");
  return searchExcerpt.make({ ...row, url: "/c/", parts }, words, places(row.document));
}"""
OLD = """async (words) => {
  const { hits, places } = await engine.search(words);
  const row = await engine.row(hits[0].document);
  const parts = row.parts.map((url) => `${url}?old`);
  const opening = window.DecompressionStream;
  delete window.DecompressionStream;
  const old = { ...row, url: "/d/", parts };
  const shown = await searchExcerpt.make(old, words, places(row.document));
  window.DecompressionStream = opening;
  const asked = performance.getEntriesByType("resource").map(({ name }) => name);
  return { shown, asked: asked.filter((name) => name.endsWith("?old")) };
}"""
ADDRESS = "policies/2021/2021-005/"
ASKED = """async (asked) => {
  const all = [];
  for (const words of asked) {
    const { hits, places } = await engine.search(words);
    const row = await engine.row(hits[0].document);
    const before = performance.getEntriesByType("resource").length;
    const some = await searchExcerpt.make({ ...row, url: "/a/" }, words, places(row.document));
    const loaded = performance.getEntriesByType("resource").length - before;
    const whole = await searchExcerpt.make({ ...row, url: "/b/", parts: [] }, words);
    const pairs = [...new Set(searchEngine.tokens(words))];
    const held = [some, whole].map(({ parts }) => {
      const shown = parts.map(([text]) => text).join("");
      return pairs.filter((pair) => shown.includes(pair)).length;
    });
    all.push({ some, whole, loaded, parts: row.parts.length, held });
  }
  return all;
}"""
"""Excerpts of the long text from its parts and from the whole; how many files the first took."""


def long_text(seed: int = 1, length: int = 3 * LONG) -> str:
    """Paragraphs of chance, each some two hundred characters; few pairs of characters repeat."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        clauses = [
            "".join(chr(0x4E00 + chance.randrange(300)) for _ in range(chance.randint(4, 20)))
            for _ in range(16)
        ]
        paragraphs.append("，".join(clauses) + "。")
    return "\n".join(paragraphs)


def test_a_text_is_in_one_piece_unless_it_is_long() -> None:
    assert parts_of("一" * LONG) == ()
    assert len(parts_of("一\n" * (LONG // 2 + 1))) > 1


@pytest.mark.parametrize("length", [LONG + 1, 3 * LONG, 3 * MOST * PART])
def test_parts_make_up_the_text_and_are_cut_between_paragraphs(length: int) -> None:
    text = long_text(length=length)

    parts = parts_of(text)

    assert "\n".join(parts) == text
    assert 1 < len(parts) <= MOST


def test_a_paragraph_longer_than_a_part_stays_whole() -> None:
    text = "甲" * (2 * LONG) + "\n" + "乙" * LONG

    assert parts_of(text) == tuple(text.split("\n"))


def test_every_token_is_in_the_parts_that_are_told() -> None:
    text = long_text()

    places = places_in(text)

    for place, part in enumerate(parts_of(text)):
        held = {token_of(term) for term, bits in places.items() if bits >> place & 1}
        assert set(tokens(part)) <= held
        assert all(token in part for token in held)


def test_places_come_back_from_their_text() -> None:
    places = [0, *(1 << part for part in range(MOST)), 3, 6, 0b1010, (1 << MOST) - 1]

    assert decode_places(encode_places(places)) == places
    assert len(encode_places(places[: MOST + 1])) == MOST + 1


@pytest.fixture(scope="module")
def text() -> str:
    return long_text()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, text: str, chromium: Browser) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("parts")
    body = text.replace("\n", "\n\n")
    papers = {f"{ADDRESS[:-1]}.md": POLICY.replace("居民用水要节约。", body)}
    library = check_content(write_county(folder / "content", papers), settings()).public
    said = library[ADDRESS[:-1]].body.text
    twin = json.dumps({"text": said}).encode()
    name = "standalone/search-excerpt.js"
    script = (STATIC / name).read_bytes()
    found = made(library, settings(), folder)
    page = open_engine(
        chromium,
        {**found, **{f"{place}/index.json": twin for place in "abcd"}, name: script},
    )
    page.add_script_tag(url=f"{page.url}{name}")
    yield page
    page.context.close()


def asked(page: Page, queries: list[str]) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = page.evaluate(ASKED, queries)
    return results


def clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[，。\n]+", text) if 6 <= len(clause) <= 9]


def test_a_sentence_is_shown_from_the_one_part_that_holds_it(page: Page, text: str) -> None:
    queries = random.Random(2).sample(clauses(text), 12)

    for query, result in zip(queries, asked(page, queries), strict=True):
        assert result["parts"] > 2
        assert result["some"]["phrase"] == result["whole"]["phrase"] == 1
        assert [query, True] in result["some"]["parts"]
        assert result["some"]["link"] == result["whole"]["link"]
        assert result["loaded"] <= 1


def test_words_that_stand_nowhere_together_are_shown_as_well_as_from_the_whole(
    page: Page, text: str
) -> None:
    chance = random.Random(3)
    found = clauses(text)
    queries = ["".join(one[:3] for one in chance.sample(found, 3)) for _ in range(12)]
    queries += [" ".join(one[:2] for one in chance.sample(found, 3)) for _ in range(12)]

    results = asked(page, queries)

    for result in results:
        assert result["some"]["phrase"] == result["whole"]["phrase"]
        assert result["held"][0] >= result["held"][1]
    assert sum(r["loaded"] for r in results) < sum(r["parts"] for r in results) / 2


def test_where_a_part_is_gone_the_whole_text_serves(page: Page, text: str) -> None:
    query = clauses(text)[-1]

    shown = page.evaluate(GONE, query)

    assert [query, True] in shown["parts"]


def test_a_browser_that_cannot_unpack_takes_the_whole_text_and_no_part(
    page: Page, text: str
) -> None:
    query = clauses(text)[-2]

    found = page.evaluate(OLD, query)

    assert [query, True] in found["shown"]["parts"]
    assert found["asked"] == []
