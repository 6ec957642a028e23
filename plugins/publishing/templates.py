"""What a template is made of: itself and all that it can include, import or extend."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
    names = {name: _named_in(text, set(texts)) for name, text in texts.items()}
    return {ALL: everything} | {name: _closure(name, names, texts) for name in texts}


def _named_in(text: bytes, known: set[str]) -> set[str]:
    """The templates that one names; a text that is none is told when it is rendered."""
    if not _NAMING.search(text):  # parsing is slow, and most files here are no templates
        return set()
    try:
        tree = Environment().parse(text.decode())  # noqa: S701  # nothing is rendered by it
    except (TemplateSyntaxError, UnicodeDecodeError):
        return set()
    found = set(meta.find_referenced_templates(tree))
    return known if None in found else {name for name in found if name in known}


def _closure(name: str, names: Mapping[str, set[str]], texts: Mapping[str, bytes]) -> bytes:
    reached, waiting = {name}, [name]
    while waiting:
        more = names[waiting.pop()] - reached
        reached |= more
        waiting += more
    return digest(b"\0".join(part for n in sorted(reached) for part in (n.encode(), texts[n])))
