"""What several features show alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.presenting import rate


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "—"),
        (0, 3, "0/3（0.0%）"),
        (2, 3, "2/3（66.6%）"),
        (3, 3, "3/3（100.0%）"),
        (9999, 10000, "9999/10000（99.9%）"),
    ],
)
def test_a_rate_is_never_rounded_up(part: int, whole: int, said: str) -> None:
    assert rate(part, whole) == said


@given(st.integers(1, 2000), st.data())
def test_a_percentage_is_never_above_its_fraction_nor_a_tenth_below(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))

    fraction, _, percentage = rate(part, whole).partition("（")
    tenths = int(percentage.removesuffix("%）").replace(".", ""))

    assert fraction == f"{part}/{whole}"
    assert tenths * whole <= part * 1000 < (tenths + 1) * whole
