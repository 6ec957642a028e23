"""What a finished PDF has, as far as it can be read from the file itself."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple

from pypdf import PdfReader

_CLAIM = re.compile(r"pdfaid:part[=>\"']+\s*(\d)")
_UA = re.compile(r"pdfuaid:part[=>\"']+\s*(\d)")


class Looks(NamedTuple):
    """Of one PDF."""

    pages: int
    size: int
    """In bytes."""
    is_tagged: bool
    has_bookmarks: bool
    has_labels: bool
    """Whether pages are named as they are printed."""
    claims: str
    """PDF/A part and PDF/UA part that it claims; the tests ask veraPDF of ours."""
    are_embedded: bool
    """Whether every font is inside."""
    are_truetype: bool


def look(data: bytes) -> Looks:
    """What a PDF has."""
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    packet = _metadata(root)
    fonts = list(_fonts(reader))
    return Looks(
        len(reader.pages),
        len(data),
        bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root,
        bool(reader.outline),
        "/PageLabels" in root,
        "、".join(
            f"{name}{found[1]}"
            for name, found in (
                ("PDF/A-", _CLAIM.search(packet)),
                ("PDF/UA-", _UA.search(packet)),
            )
            if found
        ),
        bool(fonts) and all("/FontFile" in "".join(font) for font in fonts),
        bool(fonts) and all("/FontFile2" in font for font in fonts),
    )


def _metadata(root: Any) -> str:  # noqa: ANN401  # pypdf's objects are untyped
    stream = root.get("/Metadata")
    return stream.get_object().get_data().decode("utf-8", "replace") if stream else ""


def _fonts(reader: PdfReader) -> Any:  # noqa: ANN401  # the same
    """The keys of each font's descriptor, each font once."""
    seen = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for reference in resources.get("/Font", {}).get_object().values():
            number = getattr(reference, "idnum", None)
            if number in seen:
                continue
            seen.add(number)
            font = reference.get_object()
            below = font.get("/DescendantFonts", [font])[0].get_object()
            yield list(below.get("/FontDescriptor", {}).get_object())
