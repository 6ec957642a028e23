"""Postings as text."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.postings import (
    ALPHABET,
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
from plugins.search.tokens import is_pair

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


def test_words_that_begin_alike_lie_in_one_shard() -> None:
    assert shard_of("20210", 12) == shard_of("20219", 12)


def test_pairs_that_begin_alike_lie_in_a_part_of_all_shards() -> None:
    seconds = [chr(code) for code in range(0x4E00, 0x9FA6)]

    of_one = Counter(shard_of("政" + second, 12) for second in seconds)
    of_all = Counter(shard_of(first + "府", 12) for first in seconds)

    assert len(of_one) == 2 ** (12 - 5)
    assert max(of_one.values()) < 1.3 * len(seconds) / len(of_one)
    assert len(of_all) > 0.9 * 2**12


@pytest.mark.parametrize("token", ["政", "政务", "𠮷", "政𠮷"])
def test_one_or_two_characters_are_a_pair(token: str) -> None:
    assert is_pair(token)


@pytest.mark.parametrize("token", ["2", "ab", "尧政办发202115", "国务院令711"])
def test_words_and_whole_numbers_are_no_pair(token: str) -> None:
    assert not is_pair(token)


def test_numbers_need_no_sign_before_them_in_json_nor_look_like_what_parts_fields() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 91
    assert json.dumps(ALPHABET) == f'"{ALPHABET}"'
    assert not set(ALPHABET) & set(" ~\n")
