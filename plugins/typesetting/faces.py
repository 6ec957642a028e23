"""The faces that PDFs are set in: where they lie, what tells them from others, what they can draw.

Stylesheets name the faces of official papers (GB/T 9704-2012, 5.2) by their part, 小标宋, 宋体,
黑体, 楷体, 仿宋; which files take a part is decided here. WeasyPrint is shown no other font of the
machine, so that the same text gives the same PDF on every machine that has the same files. A
character that its face lacks is drawn in the next one that the stylesheet names, or in any of ours.

宋体 and 黑体 are Noto's in Google's TrueType files, which also close up marks that meet (OpenType
feature `chws`). 楷体 is 霞鹜文楷.
No free 仿宋 has all of 通用规范汉字表: 宋体 stands in, until the office gives a font of its own.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from plugins.installing import fonts
from plugins.typesetting.sheet import Flaw, UnequippedError, around


@dataclass(frozen=True)
class Face:
    """Files of one family that take a part."""

    family: str
    files: tuple[Path, ...]
    weight: int | None = None
    """The one weight (100 to 900) in which it is used, whatever the stylesheet asks for."""
    omitted: tuple[range, ...] = ()
    """Characters for which it is not used, though it has them."""


@dataclass(frozen=True)
class Faces:
    """Part → the face that takes it."""

    parts: Mapping[str, Face]

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """All font files. A collection holds the forms of several countries; 简体's are used."""
        return tuple(dict.fromkeys(file for face in self.parts.values() for file in face.files))


class _Source(NamedTuple):
    """A family that takes a part, and the names of its files."""

    family: str
    names: tuple[str, ...]
    weight: int | None = None
    omitted: tuple[range, ...] = ()


_LATIN = (range(0x21, 0x250), range(0x2010, 0x2028))
"""Letters, figures, and the marks “ ” — … that Chinese shares with Latin: 霞鹜文楷's are narrow."""
_WANTED = {
    "小标宋": _Source("Noto Serif SC", ("NotoSerifSC_900Black.ttf",), 900),
    "宋体": _Source("Noto Serif SC", ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf")),
    "黑体": _Source("Noto Sans SC", ("NotoSansSC_500Medium.ttf", "NotoSansSC_700Bold.ttf")),
    "楷体": _Source("LXGW WenKai", ("LXGWWenKai-Regular.ttf",), omitted=_LATIN),
}
"""For each part what takes it; 宋体 is 仿宋 besides."""
_LICENSED = ["小标宋", "楷体", "仿宋"]
"""The parts for which an office may give its own font; they are used in one weight."""
_INSTALL = "运行 make setup 补装字体，再生成一次"
_READABLE = (".ttc", ".otf", ".ttf")
_COLLECTION, _CFF = b"ttcf", b"OTTO"
_EMBEDDING, _RESTRICTED = 0xF, 0x2
"""OpenType, OS/2.fsType: bits on the licence to embed; this one alone forbids it."""
_UNDRAWN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Kinds of character that leave no ink: line ends, soft hyphens, spaces."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors, which choose among forms of the character before them."""


def find_faces(licensed: Path | None = None) -> Faces:
    """The faces for all parts.

    `licensed` is a folder of the office's own fonts, each named after its part (仿宋.ttf). Raises
    UnequippedError if a face is missing or damaged, or something else lies in that folder.
    """
    flaws: list[Flaw] = []
    parts = {part: _found(part, source, flaws) for part, source in _WANTED.items()}
    parts["仿宋"] = parts["宋体"]
    if licensed is not None:
        parts |= dict(_licensed_in(licensed, flaws))
    files = dict.fromkeys(file for face in parts.values() if face for file in face.files)
    flaws += [_damaged(file) for file in files if not _can_be_read(file)]
    if flaws:
        raise UnequippedError(flaws)
    return Faces({part: face for part, face in parts.items() if face})


def identity(faces: Faces) -> bytes:
    """What stands for the faces' bytes: their tables' own checksums, wherever the files lie."""
    parts = [
        f"{part} {face.family} {face.weight} {face.omitted}".encode()
        + b"".join(map(_checksums, face.files))
        for part, face in faces.parts.items()
    ]
    return blake2b(b"\0".join(parts), digest_size=16).digest()


def unusable(faces: Faces) -> list[Flaw]:
    """The faces that are damaged, not to be embedded, or wrong in some readers of a PDF."""
    from fontTools.ttLib import TTLibError  # noqa: PLC0415  # only wanted when something is typeset

    flaws = []
    for path in faces.files:
        try:
            if not _may_be_embedded(path):
                remedy = "换用授权允许嵌入的字体"
                flaws.append(Flaw(f"字体 {path.name} 的授权不允许嵌入 PDF", remedy))
            if bool(_drawable(path)) and _numbers_glyphs_anew(path):
                message = f"字体 {path.name} 的字形编号特殊，做出的 PDF 在有的阅读器里会显示错字"
                flaws.append(Flaw(message, f"换用 TrueType 格式（ttf）的字体；或{_INSTALL}"))
        except TTLibError:
            flaws.append(_damaged(path))
    return flaws


def undrawable(text: str, faces: Faces) -> list[Flaw]:
    """The characters of a text that no face can draw, each with the words around it."""
    can = frozenset().union(*map(_drawable, faces.files))
    bad = sorted({c for c in text if ord(c) not in can and _leaves_ink(c)})
    return [missing_character(c, around(text, c)) for c in bad]


def missing_character(character: str, words: str = "") -> Flaw:
    """The flaw of a character without a glyph."""
    where = f"，在“{words}”里" if words else ""
    return Flaw(
        f"PDF 的字体里没有“{character}”（U+{ord(character):04X}）这个字{where}",
        "核对这个字；是表情、私用区造字或生僻符号的，换成通用规范汉字或文字说明",
        character,
    )


def _found(part: str, source: _Source, flaws: list[Flaw]) -> Face | None:
    """The face for a part, if all its files are here."""
    files = tuple(filter(None, map(_file, source.names)))
    if len(files) == len(source.names):
        return Face(source.family, files, source.weight, source.omitted)
    flaws.append(Flaw(f"制作 PDF 要用的字体没有装：{part}", _INSTALL))
    return None


def _file(name: str) -> Path | None:
    return next(fonts(name), None)


def _licensed_in(folder: Path, flaws: list[Flaw]) -> Iterator[tuple[str, Face]]:
    """The office's own faces, by the part that each file is named after."""
    if not folder.is_dir():
        flaws.append(Flaw(f"找不到字体文件夹 {folder}", "核对设置里的 fonts，或改为空"))
        return
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in _READABLE:
            continue
        family = _family(file)
        if file.stem not in _LICENSED:
            names = "、".join(f"{part}{file.suffix}" for part in _LICENSED)
            message = f"字体文件夹里的“{file.name}”不知作什么用"
            flaws.append(Flaw(message, f"文件名改为 {names} 之一"))
        elif family is None:
            flaws.append(_damaged(file))
        else:
            yield file.stem, Face(family, (file,))


def _family(path: Path) -> str | None:
    """What a font file calls its family, as fontconfig reads it; None if it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415  # the same

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            name: str | None = font["name"].getDebugName(1)
    except (TTLibError, KeyError):
        return None
    return name


def _can_be_read(path: Path) -> bool:
    try:
        return all(_directories(path))
    except (OSError, struct.error):
        return False


def _damaged(path: Path) -> Flaw:
    return Flaw(f"字体文件 {path.name} 打不开或已损坏", f"删去它，再{_INSTALL}")


def _leaves_ink(character: str) -> bool:
    selects = any(ord(character) in span for span in _SELECTORS)
    return not selects and unicodedata.category(character) not in _UNDRAWN


@lru_cache(maxsize=16)
def _drawable(path: Path) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # the same

    with TTFont(path, fontNumber=0, lazy=True) as font:
        # Else fontTools makes up a name for each of 65,535 glyphs, a second for all our faces.
        font.setGlyphOrder([".notdef"] * font["maxp"].numGlyphs)
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=16)
def _may_be_embedded(path: Path) -> bool:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # the same

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return "OS/2" not in font or font["OS/2"].fsType & _EMBEDDING != _RESTRICTED


@lru_cache(maxsize=16)
def _numbers_glyphs_anew(path: Path) -> bool:
    """Whether a font's CIDs are other numbers than its glyphs': WeasyPrint takes them for the same.

    Such a PDF is right in some readers, and blank or full of wrong characters in others.
    """
    if not _directories(path)[0].startswith(_CFF):
        return False
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # the same

    with TTFont(path, fontNumber=0, lazy=True) as font:
        top = font["CFF "].cff.topDictIndex[0] if "CFF " in font else None
        if not hasattr(top, "ROS"):
            return False
        names = font.getGlyphOrder()[1:]
        return any(name != f"cid{i:05d}" for i, name in enumerate(names, 1))


def _checksums(path: Path) -> bytes:
    """The table directories of a font file: a checksum of each table of each font in it."""
    return b"".join(_directories(path))


def _directories(path: Path) -> list[bytes]:
    """Header and table directory of each font in a file, as OpenType's chapter "otff" has them."""
    with path.open("rb") as file:
        offsets: tuple[int, ...] = (0,)
        if file.read(4) == _COLLECTION:
            _, count = struct.unpack(">II", file.read(8))
            offsets = struct.unpack(f">{count}I", file.read(4 * count))
        found = []
        for offset in offsets:
            file.seek(offset)
            head = file.read(12)
            found.append(head + file.read(16 * int.from_bytes(head[4:6])))
        return found
