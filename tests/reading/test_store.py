"""Whatever happens to the reading cache, it costs time and never a wrong reading."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.reading import store as storing
from plugins.reading import tree as reading
from plugins.reading.entries import digest
from plugins.reading.store import ChangedMeanwhileError, Kept, Store, key_of
from plugins.reading.tree import Known, Tree, read_tree
from tests.county import ROOT, SOUND, write_county

POLICY = "policies/2021/2021-005.md"
KEPT = Kept(None, (), (), ("word kinds 通知",))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A tiny county."""
    return write_county(tmp_path / "content")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "cache" / "readings.sqlite"


def fill(content: Path, file: Path) -> Tree:
    """Read the county into the store, and let go of it."""
    store = Store(file)
    tree = read_tree(content, store)
    store.close()
    return tree


def said(tree: Tree) -> list[tuple[str, object, object, object]]:
    """All that is known of all documents."""
    return [(d.id, d.record, d.body, dict(d.places)) for _, d in tree.documents]


def test_what_is_kept_is_found_again_by_another_process_of_the_same_code(file: Path) -> None:
    key = key_of("a.csv", digest(b"1"))
    store = Store(file)
    store.keep([(key, KEPT)])
    store.close()

    assert Store(file).find(key) == KEPT


def test_the_same_bytes_at_another_path_are_another_reading() -> None:
    assert key_of("policies/a.md", b"1") != key_of("policies/b.md", b"1")


def test_what_other_code_has_read_is_not_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(file)
    store.keep([(key_of("a.csv", b"1"), KEPT)])

    monkeypatch.setattr(storing, "reading_code", lambda: b"another version")

    assert store.find(key_of("a.csv", b"1")) is None


def test_a_second_reading_opens_no_document(content: Path, file: Path) -> None:
    first = fill(content, file)

    again = read_tree(content, Store(file))

    assert (first.read, again.read) == (len(SOUND), 0)
    assert said(again) == said(read_tree(content))


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_store_with_a_damaged_stretch_gives_the_right_reading(
    content: Path, file: Path, place: int
) -> None:
    fill(content, file)
    data = bytearray(file.read_bytes())
    start = len(data) * place // 100
    data[start : start + 400] = os.urandom(len(data[start : start + 400]))
    file.write_bytes(data)

    tree = read_tree(content, Store(file))

    assert said(tree) == said(read_tree(content))


def test_a_fault_that_is_told_in_damaged_words_is_one_like_others(
    content: Path, file: Path
) -> None:
    """SQLite names a part of the schema that it cannot read, in bytes that are no text."""
    fill(content, file)
    data = file.read_bytes()
    file.write_bytes(data.replace(b"CREATE TABLE readings", b"CREATE TABL\xff rea\x8bings"))

    assert said(read_tree(content, Store(file))) == said(read_tree(content))


@pytest.mark.parametrize("size", [0, 1, 50, 100, 5000, 20000])
def test_a_store_that_was_cut_off_gives_the_right_reading(
    content: Path, file: Path, size: int
) -> None:
    fill(content, file)
    file.write_bytes(file.read_bytes()[:size])

    tree = read_tree(content, Store(file))

    assert said(tree) == said(read_tree(content))


@pytest.mark.parametrize("data", [b"no database\n" * 500, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_store_is_replaced(content: Path, file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)

    tree = fill(content, file)

    assert tree.read == len(SOUND)
    assert read_tree(content, Store(file)).read == 0


def test_a_store_of_another_form_is_replaced(content: Path, file: Path) -> None:
    file.parent.mkdir()
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE readings (key BLOB PRIMARY KEY, words TEXT)")
    other.close()

    tree = fill(content, file)

    assert said(read_tree(content, Store(file))) == said(read_tree(content))
    assert tree.read == len(SOUND)


@pytest.mark.parametrize("part", ["reading", "record", "body", "places"])
def test_a_damaged_part_is_made_again(content: Path, file: Path, part: str) -> None:
    known = fill(content, file)
    inside = sqlite3.connect(file)
    inside.execute(f"UPDATE readings SET {part} = ? WHERE length(body) > 0", (b"damaged",))  # noqa: S608  # one of our columns
    inside.commit()
    inside.close()

    tree = read_tree(content, Store(file), Known(known.sources))

    assert said(tree) == said(read_tree(content))


def test_parts_of_a_deleted_store_are_read_again_though_the_files_are_known(
    content: Path, file: Path
) -> None:
    known = fill(content, file)
    file.unlink()

    tree = read_tree(content, Store(file), Known(known.sources))

    assert said(tree) == said(read_tree(content))


def test_a_part_that_comes_out_otherwise_than_it_is_known_is_taken_as_it_is_read(
    content: Path, file: Path
) -> None:
    known = fill(content, file)
    file.unlink()
    others = {
        path: source._replace(entry=source.entry and source.entry._replace(record=b"of others"))
        for path, source in known.sources.items()
    }

    tree = read_tree(content, Store(file), Known(others))

    assert said(tree) == said(read_tree(content))


READER = """
import sys
from pathlib import Path
from plugins.reading.tree import read_tree
for path, source in read_tree(Path(sys.argv[1])).sources.items():
    print(path, source.entry)
"""


def test_every_process_knows_a_document_by_the_same_digests(content: Path) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", READER, str(content)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]


def test_a_file_that_is_saved_between_seeing_and_reading_is_not_kept_under_its_old_bytes(
    content: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading._data
    old = (content / POLICY).read_bytes()

    def saved_meanwhile(*given: object) -> object:
        (content / POLICY).write_bytes(old.replace("居民".encode(), "单位".encode()))
        return real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(reading, "_data", saved_meanwhile)
        with pytest.raises(ChangedMeanwhileError, match="2021-005"):
            fill(content, file)
    (content / POLICY).write_bytes(old)

    assert said(fill(content, file)) == said(read_tree(content))


def test_sweeping_forgets_what_is_not_live(file: Path) -> None:
    store = Store(file)
    keys = [key_of(f"{n}.csv", b"1") for n in range(7)]
    store.keep((key, KEPT) for key in keys)

    store.sweep({*keys[:3]})

    assert [store.find(key) for key in keys] == [KEPT] * 3 + [None] * 4


def test_a_store_says_when_it_holds_too_much(file: Path) -> None:
    store = Store(file)
    store.keep((key_of(f"{n}.csv", b"1"), KEPT) for n in range(7))

    assert (store.holds_more_than(6), store.holds_more_than(7)) == (True, False)
