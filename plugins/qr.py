"""QR codes: where a printed page leads to."""

from __future__ import annotations

import io


def qr_code(address: str, title: str = "", *, scale: int = 3, border: int = 2) -> bytes:
    """A QR code that leads to an address, as SVG.

    `scale` is the width of a module, `border` that of the quiet zone in modules (ISO/IEC 18004 asks
    for 4 where nothing else keeps it clear). `title` is what readers of the screen are told.
    """
    import segno  # noqa: PLC0415  # seldom wanted, slow to load

    out = io.BytesIO()
    code = segno.make(address, micro=False, error="m")
    code.save(
        out,
        kind="svg",
        scale=scale,
        border=border,
        light="#fff",
        title=title or None,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue()
