"""Old issues as PDFs: pages of lines, drawn in the open or hidden behind the picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

_WIDTH, _HEIGHT = 595, 842
_LEFT, _TOP, _SIZE, _LEAD = 80, 770, 14, 22
_FULL = 28
"""Characters of a full line."""
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
    b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 "
    b"/Descent -120 /CapHeight 700 /StemV 80 /ItalicAngle 0 /FontBBox [0 -120 1000 880] >> >>] >>"
)


def set_in_lines(text: str) -> list[str]:
    """Paragraphs as they stand on paper: indented by two characters, lines filled."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = f"　　{paragraph}"
        while rest:
            lines.append(rest[:_FULL])
            rest = rest[_FULL:]
    return lines


def pdf(
    pages: Iterable[Sequence[str]], *, is_hidden: bool = False, pictures: Sequence[bytes] = ()
) -> bytes:
    """A PDF with these lines on its pages; with `pictures`, JPEGs of A4 at 100 dpi, behind them."""
    drawn = [_drawn(lines, is_hidden=is_hidden, has_picture=bool(pictures)) for lines in pages]
    objects = [b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>", b"", _FONT]
    kids = []
    for place, stream in enumerate(drawn):
        resources = b"/Font << /F 3 0 R >>"
        if pictures:
            objects.append(_picture(pictures[place]))
            resources += b" /XObject << /P %d 0 R >>" % len(objects)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << %s >> >>" % (_WIDTH, _HEIGHT, len(objects), resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def encrypted(data: bytes) -> bytes:
    """The same PDF, with a password."""
    writer = PdfWriter(PdfReader(BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(lines: Sequence[str], *, is_hidden: bool, has_picture: bool) -> bytes:
    words = [b"q %d 0 0 %d 0 0 cm /P Do Q" % (_WIDTH, _HEIGHT)] if has_picture else []
    words += [b"BT /F %d Tf %d Tr" % (_SIZE, 3 if is_hidden else 0)]
    for place, line in enumerate(lines):
        indent = len(line) - len(line.lstrip("　"))
        left, top = _LEFT + indent * _SIZE, _TOP - place * _LEAD
        code = line.lstrip("　").encode("utf-16-be").hex().encode()
        words.append(b"1 0 0 1 %d %d Tm <%s> Tj" % (left, top, code))
    return b"\n".join([*words, b"ET"])


def _picture(jpeg: bytes) -> bytes:
    head = b"/Type /XObject /Subtype /Image /Width 827 /Height 1169 /ColorSpace /DeviceGray"
    filters = b"/BitsPerComponent 8 /Filter /DCTDecode"
    return b"<< %s %s /Length %d >>\nstream\n%s\nendstream" % (head, filters, len(jpeg), jpeg)


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, table, end)
