"""A long issue before the judges: `python -m tests.gazette.by_hand FOLDER [PAGES]`.

FOLDER holds plain legal texts, as for `make trial`; so many of them as fill about PAGES pages (150
by default) become one issue, which is built as the site is built. veraPDF (PDF/A-3a, PDF/UA-1),
qpdf, Poppler and two readers judge its PDF before and after it is signed with a certificate made
for this; then each number in the contents is held against the page's label and the number printed
on it, and full lines are measured. Prints what was found, and exits with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pypdf import PdfReader

from plugins.bench_gazette.issue import ISSUE, taken, write_issue
from plugins.signing import sign
from tests.county import ROOT, build
from tests.signing import authority
from tests.typesetting.conformance import faults

PAGES = 150
MOST_SHORT_OF_LINE = 0.05
"""Of 1 em: how far a full line may end before the margin."""
BEGINS = 3
"""Figures of a page's text in which its number is looked for, from either end."""


def main(corpus: Path, pages: int) -> bool:
    """Build, judge, sign, judge; whether all is as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        lines: list[float] = []
        pdf = made(corpus, pages, work, lines)
        print(f"{len(PdfReader(pdf).pages)} 页，{pdf.stat().st_size / 1e6:.2f} MB", flush=True)
        wrong = [*contents_faults(pdf), *line_faults(lines), *faults(pdf)]
        print(f"签章前：{len(wrong)} 处不对", *wrong[:9], sep="\n", flush=True)
        sealed = signed(pdf, work)
        broken = faults(sealed)
        print(f"签章后：{len(broken)} 处不对", *broken[:9], sep="\n")
    return not wrong and not broken


def made(corpus: Path, pages: int, work: Path, lines: list[float]) -> Path:
    """The PDF of the issue; how short each full line is, in em, comes into `lines`."""
    content = work / "content"
    declared = write_issue(ROOT / "content", taken(corpus, pages), content)
    # The issue alone: of several PDFs each is set in a process of its own, where nobody looks.
    alone = replace(declared, county=replace(declared.county, document_pdfs=()))
    with measured(lines):
        build(content, work / "output", alone)
    return work / f"output/gazette/{ISSUE}/{ISSUE}.pdf"


class measured:  # noqa: N801  # reads as a verb: with measured(lines)
    """While this lasts, how short each full line of a justified paragraph is comes into a list."""

    def __init__(self, lines: list[float]) -> None:
        self._lines = lines

    def __enter__(self) -> None:
        from weasyprint.document import Document  # noqa: PLC0415  # slow to load

        real, lines = Document.write_pdf, self._lines

        def looks(document: Any, *given: object, **options: object) -> object:  # noqa: ANN401
            for page in document.pages:
                lines.extend(shortfalls(page._page_box))
            return real(document, *given, **options)

        self._patch = patch.object(Document, "write_pdf", looks)
        self._patch.start()

    def __exit__(self, *_: object) -> None:
        self._patch.stop()


def shortfalls(box: Any) -> Iterator[float]:  # noqa: ANN401  # WeasyPrint has no types
    """For each line but the last of every justified block: its distance from the margin in em."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415  # slow to load

    children = getattr(box, "children", ())
    lines = [child for child in children if isinstance(child, boxes.LineBox)]
    if lines and box.style["text_align_all"] == "justify":
        margin = box.content_box_x() + box.width
        for line in lines[:-1]:
            if not _ends_by_itself(line):
                yield (margin - _right(line)) / box.style["font_size"]
    for child in children:
        yield from shortfalls(child)


def _ends_by_itself(line: Any) -> bool:  # noqa: ANN401  # the same
    """Whether a line ends with a `<br>`."""
    return any(getattr(child, "element_tag", "") == "br" for child in line.descendants())


def _right(box: Any) -> float:  # noqa: ANN401  # the same
    """Where the last of a line's text ends."""
    inner = getattr(box, "children", None)
    if inner:
        return max(map(_right, inner))
    return float(box.position_x + box.width)


def line_faults(lines: Sequence[float]) -> list[str]:
    """Full lines that end too far from the margin."""
    bad = [short for short in lines if abs(short) > MOST_SHORT_OF_LINE]
    print(f"满行 {len(lines)} 行，离版心边超过 {MOST_SHORT_OF_LINE} 字的 {len(bad)} 行")
    if not lines:
        return ["没有量到满行"]
    return [f"满行差 {short:.2f} 字" for short in bad]


def contents_faults(pdf: Path) -> list[str]:
    """Entries whose number is not that of the page on which the text begins, label and print."""
    reader = PdfReader(pdf)
    starts = {
        int(name[1:]): reader.get_destination_page_number(place) or 0
        for name, place in reader.named_destinations.items()
        if re.fullmatch(r"a\d+", name)
    }
    first = min(starts.values())
    text = "".join(page.extract_text() + "\n" for page in reader.pages[1:first])
    numbers = re.findall(r"·\s*(\d+)\s*$", text, re.MULTILINE)
    print(f"目录 {len(numbers)} 条，文件 {len(starts)} 件")
    found = [] if len(numbers) == len(starts) else ["目录的条数不对"]
    for number, place in zip(numbers, sorted(starts), strict=False):
        page = starts[place]
        label, lines = reader.page_labels[page], reader.pages[page].extract_text().splitlines()
        edges = " ".join([*lines[:BEGINS], *lines[-BEGINS:]])
        if label != number or number not in re.findall(r"\d+", edges):
            found.append(f"a{place}：目录 {number}，页签 {label}，页上 {edges}")
    return found


def signed(pdf: Path, work: Path) -> Path:
    """The issue with a seal, by `make sign`."""
    root = authority.holder("测试根证书", "key_cert_sign", "crl_sign")
    office = authority.holder("测试", "digital_signature", "content_commitment", above=root)
    authority.write(work, root, office)
    target = work / f"content/gazette/{ISSUE}.pdf"
    shutil.copyfile(pdf, target)
    os.environ["GONGKAI_SIGN_PKCS12"] = str(work / "office.p12")
    os.environ["GONGKAI_SIGN_PASSWORD"] = authority.PASSWORD
    asked = {"issue": ISSUE, "content": work / "content", "seal": None, "force": False}
    if sign(argparse.Namespace(**asked)) != 0:
        raise RuntimeError(target)
    return target.with_suffix(".signed.pdf")


if __name__ == "__main__":
    folder, *numbers = sys.argv[1:]
    sys.exit(0 if main(Path(folder), int(numbers[0]) if numbers else PAGES) else 1)
