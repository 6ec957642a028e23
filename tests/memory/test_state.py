"""A state comes back whole or not at all."""

from __future__ import annotations

import marshal
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from plugins.memory import Derivation, State, Written, load, save
from plugins.memory.state import _FORM, _LENGTH
from plugins.privacy import scan
from plugins.problems import Mark, Problem
from plugins.reading.entries import Entry, digest
from plugins.reading.leaks import Leak
from plugins.reading.tree import Source

STAT = (1, 2, 3, 4)
ENTRY = Entry(
    id="pages/guide",
    published="2021-01-04 09:00",
    is_open=True,
    keys=("all ", "of pages"),
    record=b"r" * 16,
    body=b"b" * 16,
    places=b"p" * 16,
)
PROBLEM = Problem("content/pages/guide.md", Mark(3, 1), "没有填写", "填写")
LEAK = Leak("pages/guide.md", Mark(9, 2), "正文", next(iter(scan("联系13912345678。"))))
STATE = State(
    now=datetime(2021, 7, 15, 16, 0, 30),
    looked=1_626_336_000_000_000_000,
    asked=b"a" * 16,
    sources={
        "pages/form.csv": Source(STAT, b"1" * 16, sum=b"s" * 32),
        "pages/guide.md": Source(STAT, b"2" * 16, ENTRY, (PROBLEM,), (LEAK,), unread=True),
    },
    derivations={
        "check": Derivation(b"", ("of pages", "now"), "2021-01-01T00:00:00", "9999", b"x"),
        "index.html": Derivation(b"k" * 16, (), "0001", "9999", ("home/home.html",)),
    },
    outputs={"index.html": Written(b"k" * 16, b"d" * 16, STAT)},
    templates={"": b"t" * 16, "base.html": b"u" * 16},
    site=b"s" * 16,
    marker="0123\n",
)


def test_a_state_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "builds" / "output" / "state"

    save(file, STATE)

    assert load(file) == STATE
    assert [path.name for path in file.parent.iterdir()] == ["state"]


def test_saving_replaces_the_old_state(tmp_path: Path) -> None:
    save(tmp_path / "state", STATE)

    save(tmp_path / "state", State(marker="new\n"))

    assert load(tmp_path / "state") == State(marker="new\n")


def changed() -> State:
    """The same state with one file more, one output less, and a derivation made again."""
    return replace(
        STATE,
        looked=STATE.looked + 1,
        sources={**STATE.sources, "pages/new.csv": Source(STAT, b"3" * 16)},
        derivations={
            "check": STATE.derivations["check"],
            "index.html": Derivation(b"k" * 16, ("now",), "0001", "9999", ("home/home.html",)),
        },
        outputs={},
    )


def test_of_a_state_that_follows_another_only_the_difference_is_written(tmp_path: Path) -> None:
    file = tmp_path / "state"
    save(file, STATE)
    last = load(file)
    state = replace(changed(), sources={**last.sources, "pages/new.csv": Source(STAT, b"3" * 16)})
    whole = file.read_bytes()

    save(file, state, last)

    assert load(file) == state
    assert file.read_bytes().startswith(whole)
    assert file.stat().st_size < 2 * len(whole)


def test_a_file_that_grew_too_long_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "state"
    save(file, STATE)
    sizes = [file.stat().st_size]

    for turn in range(20):
        last = load(file)
        save(file, replace(last, looked=turn, marker=f"{turn}\n" * 20), last)
        sizes.append(file.stat().st_size)

    assert load(file).looked == 19
    assert max(sizes) < 2 * sizes[0]
    assert any(later < earlier for earlier, later in pairwise(sizes))


def test_a_state_is_not_written_behind_one_that_it_does_not_follow(tmp_path: Path) -> None:
    file = tmp_path / "state"
    save(file, STATE)
    last = load(file)
    save(file, State(marker="another build\n"))

    save(file, changed(), last)

    assert load(file) == changed()


def test_a_difference_that_was_cut_off_or_damaged_is_never_half_believed(tmp_path: Path) -> None:
    file = tmp_path / "state"
    save(file, STATE)
    last = load(file)
    whole = file.stat().st_size
    save(file, replace(last, marker="new\n"), last)
    data = file.read_bytes()

    for size in range(whole, len(data)):
        file.write_bytes(data[:size])
        assert load(file) == (STATE if size == whole else State()), size
    for place in range(whole, len(data)):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert load(file) == State(), place


def test_a_missing_state_is_an_empty_one(tmp_path: Path) -> None:
    assert load(tmp_path / "state") == State()
    assert load(tmp_path) == State()


def test_a_state_with_one_wrong_bit_anywhere_is_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "state"
    save(file, STATE)
    data = file.read_bytes()

    for place in range(len(data)):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert load(file) == State(), place


def test_a_state_that_was_cut_off_anywhere_is_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "state"
    save(file, STATE)
    data = file.read_bytes()

    for size in range(len(data)):
        file.write_bytes(data[:size])
        assert load(file) == State(), size


GONE = ("a.csv", STAT, b"", None, b"cplugins.gone\nT\n.")
"""A file with a problem of a class that there is no more."""


@pytest.mark.parametrize(
    "body",
    [
        marshal.dumps((1, 2)),
        marshal.dumps("words"),
        b"\xff of another Python",
        marshal.dumps(("2021-01-01", 0, b"", [GONE], {}, {}, ([], [], []), {}, b"", "")),
    ],
    ids=["fewer values", "no tuple", "no marshal", "a class that is gone"],
)
def test_a_whole_state_of_another_form_is_an_empty_one(tmp_path: Path, body: bytes) -> None:
    length = len(body).to_bytes(_LENGTH)
    (tmp_path / "state").write_bytes(_FORM + digest(length + digest(body)) + length + body)

    assert load(tmp_path / "state") == State()
