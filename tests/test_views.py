"""What templates are shown has a digest of exactly what it exposes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.reading import Document
from plugins.reading.document import Read
from plugins.reading.sheet import Body
from plugins.records import Organ, Policy
from plugins.views import CountedLink, Link, Meta, digest_of


class Kind(Enum):
    """Two values of one class."""

    ONE = "一"
    TWO = "二"


@dataclass(frozen=True)
class Shelf:
    """A frozen group, as features make them."""

    title: str
    link: Link | None
    days: tuple[date, ...]


class Mutable:
    """Something that is neither plain nor frozen."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲", "乙"),
        (1, "1"),
        (1, True),
        (None, ""),
        (("甲", "乙"), ("甲乙",)),
        ((("甲",), "乙"), ("甲", ("乙",))),
        (date(2021, 7, 1), datetime(2021, 7, 1)),
        (Link("甲", "a/"), Meta("甲", "a/")),
        (Link("甲", "a/"), CountedLink("甲", "a/", 1)),
        (Kind.ONE, Kind.TWO),
        (Policy, Organ),
        ("长" * 600, "长" * 601),
        ({"a": "甲"}, {"b": "甲"}),
        (Shelf("甲", None, ()), Shelf("甲", Link("甲", ""), ())),
    ],
)
def test_what_differs_has_another_digest(one: object, other: object) -> None:
    assert digest_of(one) != digest_of(other)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner).map(tuple) | st.builds(Shelf, st.text(), st.none(), st.just(())),
)


@given(PLAIN, PLAIN)
def test_digests_are_equal_for_what_is_equal_in_kind_and_value_only(
    one: object, other: object
) -> None:
    assert (digest_of(one) == digest_of(other)) == (repr(one) == repr(other))


def test_what_is_neither_plain_nor_frozen_has_no_digest() -> None:
    with pytest.raises(TypeError, match="Mutable"):
        digest_of(("甲", Mutable()))


def test_a_document_among_arguments_is_stood_for_by_its_name() -> None:
    body = Body("", "", (), frozenset(), ())
    one, other = (
        Document("pages/a", Read(title, body, {}))  # type: ignore[type-var]  # any record will do
        for title in ("甲", "乙")
    )

    assert digest_of((one,)) == digest_of((other,))
    assert digest_of((one,)) != digest_of((Document("pages/b", Read("甲", body, {})),))  # type: ignore[type-var]
