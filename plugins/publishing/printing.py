"""PDFs are set once: each is kept under the digest of all that it is made of.

Typesetting takes a second where rendering takes a millisecond. So what is kept is found by its
exact input (page, stylesheet, pictures, faces, code of the room that typesets), and also a build
that knows nothing of the last one, as after a change of our code, sets only what reads otherwise.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from plugins import typesetting
from plugins.reading.entries import digest
from plugins.reading.store import surroundings
from plugins.typesetting import (
    Attachment,
    Faces,
    Flaw,
    PreflightError,
    Sheet,
    UnequippedError,
    find_faces,
    identity,
    typeset,
)

_WORK = "work"
_FEWEST = 100
"""So many PDFs may always be kept, whatever the site has."""
_CROWDED = 2
_NAME = re.compile(r"[0-9a-f]{32}")
_DIGEST = 16
"""Bytes of the digest that stands in front of each PDF that is kept."""


class Press:
    """Typesets for one build."""

    def __init__(self, styles: Path, folder: Path, fonts: str = "") -> None:
        """`styles` holds the print stylesheets of the theme, `folder` the PDFs that are kept.

        `fonts` names a folder of the office's own fonts, if it has any.
        """
        self._styles = styles
        self._folder = folder
        self._fonts = Path(fonts) if fonts else None

    @cached_property
    def style(self) -> str:
        """The whole print stylesheet."""
        files = sorted(self._styles.glob("*.css"))
        return "\n".join(file.read_text(encoding="utf-8") for file in files)

    @cached_property
    def faces(self) -> Faces:
        """The font files. Raises PreflightError if there are not all of them."""
        return find_faces(self._fonts)

    @cached_property
    def digest(self) -> bytes:
        """What every PDF depends on, whatever it says. Raises PreflightError without fonts."""
        code = sorted(Path(typesetting.__file__).parent.glob("*.py"))
        parts = (*(file.read_bytes() for file in code), surroundings(), identity(self.faces))
        return digest(b"\0".join((*parts, self.style.encode())))

    def key(self, sheet: Sheet) -> bytes:
        """What tells one PDF from another."""
        files = (part for pair in sheet.files.items() for part in (pair[0].encode(), pair[1]))
        words = (sheet.html.encode(), sheet.style.encode(), sheet.address.encode())
        attached = (part for file in sheet.attachments for part in _parts(file))
        return digest(self.digest + b"".join(map(digest, (*words, *files, *attached))))

    def set(self, sheet: Sheet) -> bytes:
        """The key under which a sheet's PDF is now kept. Raises PreflightError if it has flaws."""
        key = self.key(sheet)
        file = self._file(key)
        if self._kept(file) is not None:
            file.touch()  # the ones longest unused go first
            return key
        data = typeset(sheet, self.faces, self._folder / _WORK)
        beside = file.with_suffix(".new")
        beside.write_bytes(digest(data) + data)
        beside.replace(file)
        return key

    def printed(self, key: bytes) -> bytes:
        """The PDF that was set. Raises LookupError if it is not there any more."""
        data = self._kept(self._file(key))
        if data is None:
            raise LookupError(key.hex())
        return data

    def _file(self, key: bytes) -> Path:
        return self._folder / key.hex()

    def _kept(self, file: Path) -> bytes | None:
        """The PDF in a file, if it is whole."""
        try:
            whole = file.read_bytes()
        except FileNotFoundError:
            return None
        data = whole[_DIGEST:]
        return data if whole[:_DIGEST] == digest(data) else None


def set_or_tell(press: Press, sheet: Sheet) -> tuple[Flaw, ...]:
    """Have a sheet set, in whatever process; its flaws, if it has any. Raises UnequippedError."""
    try:
        press.set(sheet)
    except UnequippedError:
        raise
    except PreflightError as error:
        return error.flaws
    return ()


def _parts(attachment: Attachment) -> tuple[bytes, ...]:
    words = (attachment.name, attachment.description, attachment.relationship)
    return (*(word.encode() for word in words), attachment.data)


def sweep(folder: Path, pdfs: int) -> None:
    """Remove the PDFs unused for longest, if many more are kept than a site has."""
    if not folder.is_dir():
        return
    kept = [file for file in folder.iterdir() if _NAME.fullmatch(file.name)]
    if len(kept) > max(_FEWEST, _CROWDED * pdfs):
        kept.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in kept[pdfs:]:
            file.unlink(missing_ok=True)
