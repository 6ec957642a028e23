"""The state of one output folder, in one file: a whole state, and behind it what builds changed.

Each of these records has its digest in front. A file in which anything is damaged or cut off, or
that other code has written, is as good as none, and the next build makes everything anew.
"""

from __future__ import annotations

import marshal
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from plugins.memory.derivations import Derivation
from plugins.reading.entries import Entry, digest
from plugins.reading.store import surroundings
from plugins.reading.tree import Source, Stat, stat_of

_PLUGINS = Path(__file__).parent.parent
_FORM = b"gongkai state 2\n"
_DIGEST, _LENGTH = 16, 8
_HEAD = len(_FORM) + _DIGEST + _LENGTH
_LONGEST = 1.5
"""So many times as long as a whole state the file may grow before it is written anew."""
T = TypeVar("T")
LONG_AGO = datetime.min  # noqa: DTZ901  # build moments are local by definition


class Written(NamedTuple):
    """One file of the site: the key that it was made with, the digest and stat of its bytes."""

    key: bytes
    digest: bytes
    stat: Stat


@dataclass
class State:
    """All that a build knew when it ended well."""

    now: datetime = LONG_AGO
    """The moment it spoke for."""
    looked: int = 0
    """When it began to look at the content, in nanoseconds of the machine's clock."""
    asked: bytes = b""
    """Digest of the settings and of the code that made everything below."""
    sources: dict[str, Source] = field(default_factory=dict)
    derivations: dict[str, Derivation] = field(default_factory=dict)
    outputs: dict[str, Written] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)
    """Template → digest of its closure: all that it can include."""
    site: bytes = b""
    """Digest of what every page shows of the site."""
    marker: str = ""
    """What the output folder's marker file says while it holds this state."""
    size: int = field(default=0, compare=False)
    """Bytes of the file that hold it; 0 if none do."""
    held: Stat | None = field(default=None, compare=False)
    """Stat of that file when it held just this state."""
    base: int = field(default=0, compare=False)
    """Bytes of the whole state that stands first in the file."""

    def for_those_who(self, asked: bytes) -> State:
        """This state; of one made by other settings or other code, only which bytes lie where."""
        if self.asked == asked:
            return self
        outputs = {path: written._replace(key=b"") for path, written in self.outputs.items()}
        return State(outputs=outputs, marker=self.marker)


@cache
def code_digest() -> bytes:
    """A digest of our code, of the packages that it calls, and of Python."""
    files = sorted(_PLUGINS.rglob("*.py"))
    return digest(b"\0".join([*(file.read_bytes() for file in files), surroundings()]))


def load(file: Path) -> State:
    """The state that the last build left; an empty one if there is none that can be trusted."""
    try:
        stat = stat_of(file.stat())
        data = memoryview(file.read_bytes())
        state = State(held=stat)
        while state.size < len(data):
            form, claimed, length, body = _parts_of(data[state.size :])
            if form != _FORM or claimed != _sum(length, body):
                return State()
            _apply(marshal.loads(body), state)  # noqa: S302  # our own file, its digest is right
            state.size += _HEAD + len(body)
            state.base = state.base or state.size
    except Exception:  # noqa: BLE001  # what other code or another Python wrote fails in any way
        return State()
    return state


def save(file: Path, state: State, last: State | None = None) -> None:
    """Keep a state, so that at any moment the old one or the new one is there.

    If the file holds `last`, and little is different, only the difference is written, behind it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    last = last or State()
    if last.held and file.exists() and stat_of(file.stat()) == last.held:
        record = _record(state, last)
        if last.size + len(record) < _LONGEST * last.base:
            with file.open("ab") as out:
                _write(out, record)
            state.base, state.size = last.base, last.size + len(record)
            state.held = stat_of(file.stat())
            return
    record = _record(state, State())
    beside = file.with_name(file.name + ".new")
    with beside.open("wb") as out:
        _write(out, record)
    beside.replace(file)
    state.base = state.size = len(record)
    state.held = stat_of(file.stat())


def _write(out: BinaryIO, record: bytes) -> None:
    out.write(record)
    out.flush()
    os.fsync(out.fileno())


def _record(state: State, last: State) -> bytes:
    """All that makes a state of another one, with its digest in front."""
    body = marshal.dumps(_plain(state, last))
    length = len(body).to_bytes(_LENGTH)
    return _FORM + _sum(length, body) + length + body


def _sum(length: bytes | memoryview, body: bytes | memoryview) -> bytes:
    return digest(bytes(length) + digest(body))


def _parts_of(record: memoryview) -> tuple[memoryview, ...]:
    """Form, digest, length and body of the record that begins here."""
    start = len(_FORM) + _DIGEST
    length = record[start:_HEAD]
    end = _HEAD + int.from_bytes(length)
    return record[: len(_FORM)], record[len(_FORM) : start], length, record[_HEAD:end]


def _plain(state: State, last: State) -> tuple[Any, ...]:
    """What is new and what is gone, in the types that marshal knows; what is rare is pickled."""
    names: dict[str, str] = {}
    sources, *gone_sources = _new_and_gone(state.sources, last.sources)
    derivations, *gone_derivations = _new_and_gone(state.derivations, last.derivations)
    outputs, *gone_outputs = _new_and_gone(state.outputs, last.outputs)
    return (
        state.now.isoformat(),
        state.looked,
        state.asked,
        [_plain_source(path, source, names) for path, source in sources.items()],
        {name: tuple(kept) for name, kept in derivations.items()},
        {path: tuple(written) for path, written in outputs.items()},
        (gone_sources, gone_derivations, gone_outputs),
        dict(state.templates),
        state.site,
        state.marker,
    )


def _new_and_gone(now: Mapping[str, T], then: Mapping[str, T]) -> tuple[Any, ...]:
    """What is another than it was, by being another object, and the names of what is no more."""
    new = {name: value for name, value in now.items() if then.get(name) is not value}
    return new, *(then.keys() - now.keys())


def _plain_source(path: str, source: Source, names: dict[str, str]) -> tuple[Any, ...]:
    entry = source.entry
    if entry:  # keys that many documents share are written once
        entry = entry._replace(keys=tuple(names.setdefault(key, key) for key in entry.keys))
    told = pickle.dumps(source[3:-1]) if source.problems or source.leaks else b""
    return path, source.stat, source.digest, entry and tuple(entry), told, source.sum


def _source(  # what `_plain_source` gave
    stat: Stat, data_digest: bytes, entry: tuple[Any, ...] | None, told: bytes, file_sum: bytes
) -> Source:
    known = Entry._make(entry) if entry else None
    rest = pickle.loads(told) if told else ()  # noqa: S301  # our own file, its digest is right
    return Source(stat, data_digest, known, *rest)._replace(sum=file_sum)


def _apply(plain: tuple[Any, ...], state: State) -> None:
    """Make a state of the one that stood before, by what is new and what is gone."""
    now, looked, asked, sources, derivations, outputs, gone, templates, site, marker = plain
    state.now, state.looked, state.asked = datetime.fromisoformat(now), looked, asked
    state.templates, state.site, state.marker = templates, site, marker
    held: tuple[dict[str, Any], ...] = (state.sources, state.derivations, state.outputs)
    for names, kept in zip(gone, held, strict=True):
        for name in names:
            del kept[name]
    state.sources.update((path, _source(*rest)) for path, *rest in sources)
    state.derivations.update((name, Derivation._make(kept)) for name, kept in derivations.items())
    state.outputs.update((path, Written._make(written)) for path, written in outputs.items())
