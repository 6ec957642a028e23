"""The index as files: what is in them, and that one edit changes what it must and no more."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from plugins.search import index as indexing
from plugins.search.index import (
    FIELDS,
    PLACES,
    SHARD,
    Counts,
    Index,
    Store,
    Text,
    bits_for,
    terms_in,
)
from plugins.search.postings import (
    LENGTHS,
    decode,
    decode_places,
    fields_of,
    length_code,
    places_of,
    shard_of,
    unpack,
)
from plugins.search.tokens import Term, counted, term_of, token_of, tokens

WORDS = (
    "政务公开",
    "优惠政策",
    "民生保障",
    "行政许可",
    "安全生产",
    "养老",
    "税",
    "2021",
    "ipv6",
    "示范区",
    "实施方案",
    "通知",
)
STAMP = b"code"
LONG = 425
"""Some of the texts are longer."""


def counts(text: str, title: str) -> Counts:
    return counted(text), counted(title), counted(title[:2])


def places(text: str) -> dict[Term, int]:
    """Of a text longer than most: parts of chance, and some terms that stand beside it."""
    if len(text) < LONG:
        return {}
    terms = [term for term in map(token_of, counted(text)) if ord(term[0]) % 7]
    return {term_of(t): 1 << ord(t[-1]) % 9 | (ord(t[0]) % 3 == 0) for t in terms}


def paper(chance: random.Random, words: int = 40) -> tuple[str, str]:
    said = "，".join(
        chance.choice(WORDS) + chr(0x4E00 + chance.randrange(900)) for _ in range(words)
    )
    return "，".join(said), f"关于{chance.choice(WORDS)}的{chance.choice(WORDS)}"


def texts(papers: Mapping[str, tuple[str, str]], first: int = 0) -> list[Text]:
    return [
        Text(
            name,
            number,
            f"{said}".encode(),
            lambda said=said: counts(*said),  # type: ignore[misc]
            lambda said=said: places(said[0]),  # type: ignore[misc]
        )
        for number, (name, said) in enumerate(sorted(papers.items()), first)
    ]


@pytest.fixture
def papers() -> dict[str, tuple[str, str]]:
    chance = random.Random(5)
    return {f"policies/{n:03}": paper(chance) for n in range(120)}


def contents(index: Index) -> dict[str, bytes]:
    return {name: sealed.read() for name, sealed in index.files.items()}


def terms(index: Index) -> dict[str, list[dict[int, int]]]:
    """Term → for each field, document → how often."""
    found: dict[str, list[dict[int, int]]] = {}
    for name, data in contents(index).items():
        for term, said in terms_in(data).items():
            assert term not in found
            if name.startswith("t/"):
                assert int(name[2:].partition("-")[0], 16) == shard_of(term, index.bits)
            found[term] = [dict(map(unpack, decode(f))) for f in fields_of(said, len(FIELDS))]
    return found


def test_the_files_hold_what_plain_counting_gives(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    wanted: dict[str, list[dict[int, int]]] = defaultdict(lambda: [{}, {}, {}])
    for text in texts(papers):
        for field, of_field in enumerate(text.counts()):
            for term, often in of_field.items():
                wanted[token_of(term)][field][text.number] = often

    index = Store(tmp_path / "s", STAMP).index(texts(papers))

    assert terms(index) == wanted
    for field in range(len(FIELDS)):
        lengths = [sum(text.counts()[field].values()) for text in texts(papers)]
        assert list(index.lengths[field]) == [length_code(length) for length in lengths]
        kept = [LENGTHS[code] for code in index.lengths[field]]
        assert index.averages[field] == sum(kept) / len(kept)


def test_the_files_tell_in_which_parts_of_long_texts_a_term_stands(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    given = texts(papers)
    wanted = {text.number: found for text in given if (found := text.places())}
    assert 10 < len(wanted) < len(papers) - 10

    index = Store(tmp_path / "s", STAMP).index(given)

    assert [n for n, is_long in enumerate(index.lengths[PLACES]) if is_long] == [*wanted]
    for data in contents(index).values():
        for term, said in terms_in(data).items():
            body = map(unpack, decode(fields_of(said, len(FIELDS))[0]))
            holding = [number for number, _ in body if number in wanted]
            assert decode_places(places_of(said)) == [
                wanted[number].get(term_of(term), 0) for number in holding
            ]


def test_every_piece_of_every_text_is_found_by_its_terms(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    found = terms(Store(tmp_path / "s", STAMP).index(texts(papers)))
    chance = random.Random(1)
    numbered = [(text.number, papers[text.id][0]) for text in texts(papers)]
    for _ in range(20_000):
        number, said = chance.choice(numbered)
        start = chance.randrange(len(said) - 6)
        run = said[start : start + chance.randint(2, 6)].strip("，")
        for token in tokens(run):
            if len(token) > 1 and not token.isascii():
                assert number in found[token][0], (number, run)


def edits(papers: dict[str, tuple[str, str]]) -> Iterator[str]:
    chance = random.Random(9)
    name = "policies/050"
    papers[name] = (papers[name][0] + "，本条自印发之日起施行，原有规定同时废止。", papers[name][1])
    yield "one sentence more"
    del papers["policies/007"]
    yield "one of the oldest is gone: all others move"
    papers["policies/900"] = paper(chance, 400)
    yield "a long new one"
    papers["policies/0501"] = paper(chance)
    yield "one in the middle"
    for other in [*papers][:30]:
        del papers[other]
    yield "very many are gone"
    papers["policies/901"] = ("", "")
    yield "an empty one"
    papers.clear()
    yield "nothing is left"
    papers["policies/001"] = paper(chance)
    yield "the first again"


@pytest.mark.parametrize("common", [300, indexing.COMMON])
def test_after_every_edit_the_files_are_those_of_a_new_index(
    tmp_path: Path,
    papers: dict[str, tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    common: int,
) -> None:
    monkeypatch.setattr(indexing, "COMMON", common)
    monkeypatch.setattr(indexing, "_MANY", 1)
    store = Store(tmp_path / "walk", STAMP)
    store.index(texts(papers))
    for step, said in enumerate(edits(papers)):
        index = store.index(texts(papers))
        clean = Store(tmp_path / f"clean{step}", STAMP).index(texts(papers))

        assert contents(index) == contents(clean), said
        assert index._replace(files={}) == clean._replace(files={}), said


def test_one_sentence_changes_a_few_files(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    store = Store(tmp_path / "s", STAMP)
    before = store.index(texts(papers))
    next(edits(papers))

    after = store.index(texts(papers))

    changed = after.files.keys() - before.files.keys()
    assert 0 < len(changed) <= len(tokens("，本条自印发之日起施行，原有规定同时废止。")) + 1
    assert len(before.files) == len(after.files)


def test_only_new_texts_are_counted(tmp_path: Path, papers: dict[str, tuple[str, str]]) -> None:
    store = Store(tmp_path / "s", STAMP)
    store.index(texts(papers))

    def fail() -> Counts:
        raise AssertionError

    known = [text._replace(counts=fail) for text in texts(papers, first=10)]

    assert store.index(known).size == len(papers) + 10


@pytest.mark.parametrize("place", range(0, 400, 7))
def test_a_damaged_store_is_made_anew(
    tmp_path: Path, papers: dict[str, tuple[str, str]], place: int
) -> None:
    small = dict([*papers.items()][:12])
    store = Store(tmp_path / "s", STAMP)
    store.index(texts(small))
    data = bytearray((tmp_path / "s").read_bytes())
    at = place * len(data) // 400
    data[at : at + 40] = b"\xff" * 40
    (tmp_path / "s").write_bytes(data)
    small["policies/000"] = ("换了一句话。", "通知")

    index = store.index(texts(small))

    assert contents(index) == contents(Store(tmp_path / "new", STAMP).index(texts(small)))


def test_what_other_code_has_kept_is_not_used(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    Store(tmp_path / "s", b"older").index(
        [t._replace(counts=lambda: ({"old": 1}, {}, {})) for t in texts(papers)]
    )

    index = Store(tmp_path / "s", STAMP).index(texts(papers))

    assert "old" not in terms(index)


@pytest.mark.parametrize(
    ("size", "bits"), [(0, 2), (SHARD * 16, 4), (SHARD * 4096, 12), (10**12, 15)]
)
def test_there_are_as_many_shards_as_the_terms_need(size: int, bits: int) -> None:
    assert bits_for(size) == bits


def test_a_file_that_was_damaged_meanwhile_is_made_again(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    index = Store(tmp_path / "s", STAMP).index(texts(papers))
    wanted = contents(index)
    (tmp_path / "s").write_bytes(b"no database any more")

    assert contents(index) == wanted


def test_a_number_that_was_changed_in_the_store_is_noticed(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    store = Store(tmp_path / "s", STAMP)
    store.index(texts(papers))
    with sqlite3.connect(tmp_path / "s") as database:
        database.execute("UPDATE documents SET number = 3 WHERE number = 50")
    papers["policies/050"] = ("换了一句话。", "通知")

    index = store.index(texts(papers))

    assert contents(index) == contents(Store(tmp_path / "new", STAMP).index(texts(papers)))


def test_where_nothing_can_be_kept_the_index_is_made_all_the_same(
    tmp_path: Path, papers: dict[str, tuple[str, str]]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    index = Store(tmp_path / "file" / "s", STAMP).index(texts(papers))

    assert contents(index) == contents(Store(tmp_path / "new", STAMP).index(texts(papers)))
