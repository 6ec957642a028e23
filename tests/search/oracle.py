"""lunr.py's own index of everything, and questions to ask it: what the browser must agree with.

By hand, over real texts: `python -m tests.search.by_hand FOLDER 500`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lunr.builder import Builder

from plugins.search.index import BOOST, FIELDS, K1, B, Counts
from plugins.search.postings import LENGTHS, MOST, length_code
from plugins.search.tokens import Term, is_han, token_of, tokens

COMPARED = """async (asked) => {
  window.whole ||= lunr.Index.load(await (await fetch('/whole.json')).json());
  const compared = [];
  for (const text of asked) {
    const tokens = [...new Set(searchEngine.tokens(text))];
    const terms = tokens.filter((term) => term in whole.invertedIndex);
    const ask = (query) => terms.forEach((term) => query.term(term, { usePipeline: false }));
    const wanted = terms.length ? whole.query(ask) : [];
    const found = await engine.exact(text);
    const isSame = wanted.length === found.length && wanted.every(({ ref, score }, place) =>
      ref === found[place].ref && Object.is(score, found[place].score));
    compared.push([text, isSame, wanted.length]);
  }
  return compared;
}"""
"""Query, whether refs, order and scores are those of `/whole.json`, and how many there are."""
FOUND = """async (asked) => {
  const all = [];
  for (const text of asked) {
    const { hits } = await engine.search(text);
    all.push(hits.map(({ document }) => document));
  }
  return all;
}"""
"""The documents that each query finds."""


def whole_index(documents: Iterable[tuple[int, Counts]]) -> str:
    """The index that lunr.py makes of numbered documents, as JSON.

    Its lengths are quantised and its counts capped as ours are; its terms are numbered in the order
    of code points, which lunr leaves open.
    """
    builder = Builder()
    builder.ref("id")
    builder.k1(K1)
    builder.b(B)
    for field, boost in zip(FIELDS, BOOST, strict=True):
        builder.field(field, boost=boost)
    for number, counts in documents:
        fields = dict(zip(FIELDS, counts, strict=True))
        builder.add({"id": number} | {f: _listed(c) for f, c in fields.items()})
        for field, of_field in fields.items():
            length = LENGTHS[length_code(sum(of_field.values()))]
            builder.field_lengths[f"{field}/{number}"] = length
    for rank, term in enumerate(sorted(builder.inverted_index)):
        builder.inverted_index[term]["_index"] = rank
    return json.dumps(builder.build().serialize(), ensure_ascii=False)


def _listed(counts: Mapping[Term, int]) -> list[str]:
    return [token_of(term) for term, often in counts.items() for _ in range(min(often, MOST))]


def questions(texts: Sequence[str], count: int, seed: int = 1) -> Iterator[str]:
    """Pieces of texts, from two characters to a sentence; some of them joined."""
    chance = random.Random(seed)
    for _ in range(count):
        pieces = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            text = chance.choice(texts)
            start = chance.randrange(max(1, len(text) - 2))
            pieces.append(text[start : start + chance.choice((2, 3, 4, 6, 12, 30))])
        yield " ".join(pieces)


def pieces(texts: Mapping[int, str], count: int, seed: int = 2) -> Iterator[tuple[int, str]]:
    """(number, two to six Han characters that stand together in it)."""
    chance = random.Random(seed)
    numbers = sorted(texts)
    while count:
        number = chance.choice(numbers)
        text = texts[number]
        start = chance.randrange(max(1, len(text) - 6))
        piece = text[start : start + chance.randint(2, 6)]
        if len(piece) > 1 and all(map(is_han, piece)) and tokens(piece):  # not signs alone
            count -= 1
            yield number, piece
