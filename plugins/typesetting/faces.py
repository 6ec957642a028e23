"""The faces that PDFs are set in: where they lie, what tells them from others, what they can draw.

Only Noto CJK is used, in four faces; WeasyPrint is shown no other font of the machine, so that the
same text gives the same PDF on every machine that has the same files. On Debian the package
fonts-noto-cjk brings them; elsewhere the same files, or the faces for 简体 alone, may lie in any of
`installing.FONT_FOLDERS`.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from plugins.installing import fonts
from plugins.typesetting.sheet import Flaw, UnequippedError, around

_WANTED = (
    ("宋体常规", ("NotoSerifCJK-Regular.*", "NotoSerifSC-Regular.*")),
    ("宋体粗体", ("NotoSerifCJK-Bold.*", "NotoSerifSC-Bold.*")),
    ("黑体常规", ("NotoSansCJK-Regular.*", "NotoSansSC-Regular.*")),
    ("黑体粗体", ("NotoSansCJK-Bold.*", "NotoSansSC-Bold.*")),
)
_INSTALL = "安装软件包 fonts-noto-cjk（运行 make setup 会自动安装），再生成一次"
_READABLE = (".ttc", ".otf", ".ttf")
_COLLECTION, _CFF = b"ttcf", b"OTTO"
_UNDRAWN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Kinds of character that leave no ink: line ends, soft hyphens, spaces."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors, which choose among forms of the character before them."""


Faces = tuple[Path, ...]
"""The font files. A collection holds the forms of several countries; stylesheets name 简体's."""


def find_faces() -> Faces:
    """The faces, in a fixed order. Raises UnequippedError if one is missing."""
    found, flaws = [], []
    for label, patterns in _WANTED:
        files = (path for pattern in patterns for path in fonts(pattern))
        path = next((p for p in files if p.suffix.lower() in _READABLE), None)
        if path is None:
            names = " 或 ".join(pattern.removesuffix(".*") for pattern in patterns)
            flaws.append(Flaw(f"制作 PDF 要用的字体没有装：{label}（{names}）", _INSTALL))
        elif not _can_be_read(path):
            flaws.append(_damaged(path))
        else:
            found.append(path)
    if flaws:
        raise UnequippedError(flaws)
    return tuple(found)


def identity(faces: Faces) -> bytes:
    """What stands for the faces' bytes: their tables' own checksums, wherever the files lie."""
    return blake2b(b"".join(_checksums(path) for path in faces), digest_size=16).digest()


def unusable(faces: Faces) -> list[Flaw]:
    """The faces that are damaged, or of which a PDF would be wrong in some readers."""
    from fontTools.ttLib import TTLibError  # noqa: PLC0415  # only wanted when something is typeset

    flaws = []
    for path in faces:
        try:
            is_odd = bool(_drawable(path)) and _numbers_glyphs_anew(path)
        except TTLibError:
            flaws.append(_damaged(path))
            continue
        if is_odd:
            message = f"字体 {path.name} 的字形编号特殊，做出的 PDF 在有的阅读器里会显示错字"
            flaws.append(Flaw(message, _INSTALL))
    return flaws


def undrawable(text: str, faces: Faces) -> list[Flaw]:
    """The characters of a text that no face can draw, each with the words around it."""
    can = frozenset().union(*(_drawable(path) for path in faces))
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


@lru_cache(maxsize=8)
def _drawable(path: Path) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # the same

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8)
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
