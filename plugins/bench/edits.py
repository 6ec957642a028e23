"""What an editor does between two builds. Each edit leaves a mark with the number of its turn."""

from __future__ import annotations

import re
from pathlib import Path

from plugins.bench.contents import Contents

MANY = 100
_BODY_MARK = re.compile(r"\n\n测速标记\d+。\n\Z")
_TITLE = re.compile(r"^(title: '?|Title: )(?:（第\d+次改动）)?", re.MULTILINE)
_RELATION = re.compile(r"^(?:repeals|amends|repealed_by|amended_by|related): .*\n", re.MULTILINE)
_NUMBER = re.compile(r"^(number: .*〕)\d+号$", re.MULTILINE)
_OTHER_NUMBER = re.compile(r"^number: (?!.*〕).*\n", re.MULTILINE)
_INDEX_NUMBER = re.compile(r"^(index_number: .*-)\d+$", re.MULTILINE)
_TEMPLATE_MARK = re.compile(r"<!-- 第\d+次改动 -->")
_FIRST_NEW = 90000


def mark(turn: int) -> str:
    """The sentence that an edited body ends with."""
    return f"测速标记{turn}。"


def edit_body(path: Path, turn: int) -> None:
    """Add the mark to a body, in place of the last one."""
    text = _BODY_MARK.sub("\n", path.read_text(encoding="utf-8"))
    _write(path, f"{text.rstrip()}\n\n{mark(turn)}\n")


def old_body(contents: Contents, turn: int) -> None:
    """The body of a document from the first third."""
    edit_body(old_document(contents), turn)


def old_document(contents: Contents) -> Path:
    """The document that edits of an old body choose."""
    return contents.file(contents.ids[len(contents.ids) // 3])


def old_title(contents: Contents, turn: int) -> None:
    """The title of a document from the middle: it stands in lists and beside its neighbours."""
    path = contents.file(contents.ids[len(contents.ids) // 2])
    text = path.read_text(encoding="utf-8")
    _write(path, _TITLE.sub(rf"\1（第{turn}次改动）", text, count=1))


def newest_body(contents: Contents, turn: int) -> None:
    """The body of the newest document: it stands on the home page and in the feeds."""
    edit_body(contents.file(contents.ids[-1]), turn)


def new_document(contents: Contents, turn: int) -> None:
    """One more document of the last day, like the newest but with a name and numbers of its own."""
    newest = contents.file(contents.ids[-1])
    serial = _FIRST_NEW + turn
    text = _RELATION.sub("", newest.read_text(encoding="utf-8"))
    text = _OTHER_NUMBER.sub("", text)
    text = _NUMBER.sub(rf"\g<1>{serial}号", text)
    text = _INDEX_NUMBER.sub(rf"\g<1>{serial}", text)
    text = _TITLE.sub(rf"\1（第{turn}次改动）", text, count=1)
    _write(newest.with_name(f"{contents.build_date.year}-{serial}.md"), text)


def many_bodies(contents: Contents, turn: int) -> None:
    """A hundred bodies, spread over all documents."""
    step = max(1, len(contents.ids) // MANY)
    for document_id in contents.ids[::step][:MANY]:
        edit_body(contents.file(document_id), turn)


_PROSE = '<div class="prose'


def edit_template(path: Path, turn: int) -> None:
    """A comment that every page made with the template shows."""
    text = _TEMPLATE_MARK.sub("", path.read_text(encoding="utf-8"))
    _write(path, text.replace(_PROSE, f"<!-- 第{turn}次改动 -->{_PROSE}", 1))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
