"""The declarations of Pango's functions in C: read by cffi once, and kept ready for use.

WeasyPrint has cffi parse them at every start, in a tenth of a second, and look for each library
with the help of a C compiler, in another two. cffi can write what it has parsed as a module of
Python ("out-of-line, ABI level"), which is ready at once, and has the system find the libraries.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import cffi

from plugins.folders import write_whole

_FFI = cffi.FFI
_NEVER_CALLED = "errno"
"""Of what cffi offers, the one value that changes."""


@contextmanager
def declarations_kept(folder: Path) -> Iterator[None]:
    """Have the declarations of what is imported meanwhile kept in a folder.

    Elsewhere than on Linux a library may lie where only cffi's own search finds it.
    """
    if sys.platform == "linux":
        cffi.FFI = partial(_Declared, folder)
    try:
        yield
    finally:
        cffi.FFI = _FFI


class _Declared:
    """Stands for an `FFI` of cffi's whose declarations come all at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cdef(self, source: str) -> None:
        """Take what cffi has for these declarations."""
        names: dict[str, Any] = {}
        exec(_module(source, self._folder), names)  # noqa: S102  # by cffi, its digest is right
        ready = names["ffi"]
        for name in dir(ready):
            if not name.startswith("_") and name != _NEVER_CALLED:
                setattr(self, name, getattr(ready, name))


def _module(source: str, folder: Path) -> str:
    """The text of cffi's module for some declarations; from the folder, if it is whole there."""
    file = folder / "declarations.py"
    try:
        head, _, text = file.read_text("ascii").partition("\n")
    except (OSError, UnicodeDecodeError):
        head = text = ""
    if head != _head(source, text):
        text = _written_by_cffi(source)
        with suppress(OSError):
            write_whole(file, f"{_head(source, text)}\n{text}".encode("ascii"))
    return text


def _written_by_cffi(source: str) -> str:
    parsed, text = _FFI(), io.StringIO()
    parsed.cdef(source)
    parsed.set_source("declarations", None, compiler_verbose=False)
    parsed.emit_python_code(text)
    return text.getvalue()


def _head(source: str, text: str) -> str:
    """The first line of the file: it tells what was parsed, by which cffi, and what came of it."""
    told = f"{cffi.__version__}\0{source}\0{text}"
    return f"# {blake2b(told.encode(), digest_size=16).hexdigest()}"
