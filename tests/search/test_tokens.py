"""The token rule, as Python follows it; the browser is asked the same in test_engine.py."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.tokens import (
    IGNORED,
    characters,
    counted,
    is_han,
    number_key,
    plain,
    term_of,
    token_of,
    tokens,
)

CASES = json.loads((Path(__file__).parent / "tokens.json").read_text("utf-8"))
TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("政务公开第〔〕号0123456789.aZé々〇𠮷 \n"))
)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_the_rule_gives_what_its_examples_say(text: str, wanted: list[str]) -> None:
    assert tokens(text) == wanted


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("，；：（）！？％\u3000政务é\u0338\u200bＡ"))
    )
)
def test_signs_replaced_beforehand_change_nothing_of_the_normal_form(text: str) -> None:
    unseen = re.compile(f"[{IGNORED}]")

    assert plain(text) == normalize("NFKC", unseen.sub("", text)).lower()


@given(TEXT)
def test_counting_is_the_same_as_listing(text: str) -> None:
    assert counted(text) == Counter(map(term_of, tokens(text)))


@given(TEXT)
def test_a_token_comes_back_from_what_it_is_counted_as(text: str) -> None:
    found = tokens(text)

    assert [token_of(term_of(token)) for token in found] == found
    assert len({term_of(token) for token in found}) == len(set(found))


@pytest.mark.parametrize("token", ["政", "政务", "々务", "\ufa0e\u4e00"])
def test_a_pair_of_the_basic_plane_is_counted_as_a_number(token: str) -> None:
    term = term_of(token)

    assert isinstance(term, int)
    assert term < 2**32


@pytest.mark.parametrize("token", ["2021", "ipv6", "尧政办发202115", "\U00020bb7", "政\U00020bb7"])
def test_any_other_token_is_counted_as_itself(token: str) -> None:
    assert term_of(token) == token


@given(TEXT, st.data())
def test_every_piece_of_a_text_leads_to_it(text: str, data: st.DataObject) -> None:
    """Pairs inside of a piece of Han characters are pairs of the text."""
    whole = plain(text)
    start = data.draw(st.integers(0, len(whole)))
    piece = whole[start : data.draw(st.integers(start, len(whole)))]

    pairs = {token for token in tokens(piece) if is_han(token) and len(token) > 1}

    assert pairs <= set(tokens(whole))


@pytest.mark.parametrize(
    "written",
    [
        "尧政办发〔2021〕15号",
        "尧政办发[2021]15号",
        "尧政办发（2021）15号",
        "尧政办发【2021】15号",
        "尧政办发〔２０２１〕１５号",
        "尧政办发 〔 2021 〕 15 号",
        "尧政办发2021年第015号",
        "尧政办发202115号",
        "尧政办发202115",
    ],
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert number_key(written) == "尧政办发202115"


@pytest.mark.parametrize(
    "written", ["国务院令第711号", "国务院令 第７１１号", "国务院令（第711号）", "国务院令711"]
)
def test_an_order_is_known_by_its_number_without_a_year(written: str) -> None:
    assert number_key(written) == "国务院令711"


@pytest.mark.parametrize(
    "text", ["", "通知", "2021年15号", "尧政办发〔21〕15号", "第3号", "尧政办发2021"]
)
def test_what_is_no_whole_number_has_no_key(text: str) -> None:
    assert number_key(text) == ""


def test_each_character_of_a_title_can_be_looked_for() -> None:
    assert [*map(token_of, characters("税费2021优惠A"))] == ["税", "费", "优", "惠"]
