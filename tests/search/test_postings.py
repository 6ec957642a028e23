"""Postings as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.postings import (
    LENGTHS,
    decode,
    encode,
    entry,
    fields_of,
    fnv,
    length_code,
    number,
    numbers,
    pack,
    shard_of,
    unpack,
)

POSTINGS = st.dictionaries(st.integers(0, 2**20), st.integers(1, 255)).map(
    lambda found: [pack(document, often) for document, often in sorted(found.items())]
)


@given(st.lists(st.integers(0, 2**31)))
def test_numbers_come_back_as_they_were(values: list[int]) -> None:
    assert numbers("".join(map(number, values))) == values


@given(POSTINGS)
def test_postings_come_back_as_they_were(postings: list[int]) -> None:
    assert decode(encode(postings)) == postings


@given(st.lists(POSTINGS.map(encode), min_size=3, max_size=3))
def test_fields_come_back_as_they_were(fields: list[str]) -> None:
    assert fields_of(entry(fields), 3) == fields


def test_more_than_255_times_is_255_times() -> None:
    assert unpack(pack(7, 1000)) == (7, 255)


@given(st.integers(0, 900_000))
def test_a_length_is_kept_as_the_nearest_step(length: int) -> None:
    kept = LENGTHS[length_code(length)]
    assert abs(kept - length) == min(abs(step - length) for step in LENGTHS)


@pytest.mark.parametrize(
    ("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)]
)
def test_the_hash_is_fnv_1a_with_its_upper_half_mixed_in(text: str, value: int) -> None:
    """Values of the authors' own table (http://www.isthe.com/chongo/tech/comp/fnv/)."""
    assert fnv(text) == value ^ value >> 15


def test_words_that_begin_alike_lie_in_one_shard_and_pairs_of_characters_do_not() -> None:
    assert shard_of("20210", 12) == shard_of("20219", 12)
    assert shard_of("政务", 12) != shard_of("政府", 12)
