"""What a template is made of: itself and all that it can include, import or extend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta

from plugins.reading.entries import digest

_NAMING = re.compile(rb"extends|import|include")
"""Only by these statements can one template name another."""
ALL = ""
"""Among the closures: the digest of all templates together."""


def closures(folder: Path, last: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Template → digest of its closure; those of the last build if no template has changed.

    A template that chooses at run time what it includes depends on every template.
    """
    texts = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    everything = digest(b"\0".join(part for n, t in texts.items() for part in (n.encode(), t)))
    if last.get(ALL) == everything:
        return last
    known = set(texts)
    names = {
        name: known if (found := _named_in(text)) is None else found & known
        for name, text in texts.items()
    }
    return {ALL: everything} | {name: _closure(name, names, texts) for name in texts}


@lru_cache(maxsize=1024)  # a resident builder parses what was edited, and no more
def _named_in(text: bytes) -> frozenset[str] | None:
    """The templates that one names, None if it chooses them at run time.

    A text that is no template is told when it is rendered.
    """
    if not _NAMING.search(text):  # parsing is slow, and most files here are no templates
        return frozenset()
    try:
        tree = Environment().parse(text.decode())  # noqa: S701  # nothing is rendered by it
    except (TemplateSyntaxError, UnicodeDecodeError):
        return frozenset()
    found = set(meta.find_referenced_templates(tree))
    names = frozenset(name for name in found if name is not None)
    return names if len(names) == len(found) else None


def _closure(name: str, names: Mapping[str, AbstractSet[str]], texts: Mapping[str, bytes]) -> bytes:
    reached, waiting = {name}, [name]
    while waiting:
        more = names[waiting.pop()] - reached
        reached |= more
        waiting += more
    return digest(b"\0".join(part for n in sorted(reached) for part in (n.encode(), texts[n])))
