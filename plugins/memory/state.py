"""The state of one output folder, in one file that is replaced as a whole.

Its first bytes are a digest of the rest: a damaged state, or one that other code has written, is as
good as none, and the next build makes everything anew.
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
from typing import Any, NamedTuple

from plugins.memory.derivations import Derivation
from plugins.reading.entries import Entry, digest
from plugins.reading.store import surroundings
from plugins.reading.tree import Source, Stat

_PLUGINS = Path(__file__).parent.parent
_FORM = b"gongkai state 1\n"
_DIGEST = 16
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
    sources: Mapping[str, Source] = field(default_factory=dict)
    derivations: dict[str, Derivation] = field(default_factory=dict)
    outputs: dict[str, Written] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)
    """Template → digest of its closure: all that it can include."""
    site: bytes = b""
    """Digest of what every page shows of the site."""
    marker: str = ""
    """What the output folder's marker file says while it holds this state."""

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
        data = file.read_bytes()
    except OSError:
        return State()
    start = len(_FORM) + _DIGEST
    body = memoryview(data)[start:]
    if data[: len(_FORM)] != _FORM or data[len(_FORM) : start] != digest(body):
        return State()
    try:
        return _state(marshal.loads(body))  # noqa: S302  # our own file, its digest is right
    except Exception:  # noqa: BLE001  # what other code or another Python wrote fails in any way
        return State()


def save(file: Path, state: State) -> None:
    """Replace the state, so that at any moment the old one or the new one is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    body = marshal.dumps(_plain(state))
    beside = file.with_name(file.name + ".new")
    with beside.open("wb") as out:
        out.write(_FORM + digest(body))
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def _plain(state: State) -> tuple[Any, ...]:
    """The state in the types that marshal knows; what is rare is pickled inside."""
    names: dict[str, str] = {}
    return (
        state.now.isoformat(),
        state.looked,
        state.asked,
        [_plain_source(path, source, names) for path, source in state.sources.items()],
        {name: tuple(kept) for name, kept in state.derivations.items()},
        {path: tuple(written) for path, written in state.outputs.items()},
        dict(state.templates),
        state.site,
        state.marker,
    )


def _plain_source(path: str, source: Source, names: dict[str, str]) -> tuple[Any, ...]:
    entry = source.entry
    if entry:  # keys that many documents share are written once
        entry = entry._replace(keys=tuple(names.setdefault(key, key) for key in entry.keys))
    told = pickle.dumps(source[3:]) if source.problems or source.leaks else b""
    return path, source.stat, source.digest, entry and tuple(entry), told


def _source(stat: Stat, data_digest: bytes, entry: tuple[Any, ...] | None, told: bytes) -> Source:
    known = Entry._make(entry) if entry else None
    rest = pickle.loads(told) if told else ()  # noqa: S301  # our own file, its digest is right
    return Source(stat, data_digest, known, *rest)


def _state(plain: tuple[Any, ...]) -> State:
    now, looked, asked, sources, derivations, outputs, templates, site, marker = plain
    return State(
        datetime.fromisoformat(now),
        looked,
        asked,
        {path: _source(*rest) for path, *rest in sources},
        {name: Derivation._make(kept) for name, kept in derivations.items()},
        {path: Written._make(written) for path, written in outputs.items()},
        templates,
        site,
        marker,
    )
