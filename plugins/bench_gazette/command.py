"""`make bench-gazette`: an issue set by three engines, and the ratios printed."""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from plugins.bench.generators import GONGKAI
from plugins.bench.measuring import Cost, RunError, measure
from plugins.bench.preparing import PROJECT, BenchError, surroundings, work_folder
from plugins.bench_gazette import results
from plugins.bench_gazette.issue import made, taken, write_issue
from plugins.bench_gazette.looking import look
from plugins.bench_gazette.results import CHROMIUM, TYPST, Outcome, Sheet
from plugins.bench_gazette.rivals import for_chromium, for_typst
from plugins.folders import THEME
from plugins.installing import BROWSERS, find_program
from plugins.trial.sources import find_texts
from plugins.typesetting import find_faces

REPORT = Path("docs/bench-gazette.md")
_TWICE = 2


def command(options: argparse.Namespace) -> int:
    """Run the bench; exit code 0 if all three did their work."""
    try:
        pages = _pages(options.pages_of)
        corpus = _corpus(Path(options.corpus))
        versions = {"Typst": _typst(), "WeasyPrint": version("weasyprint")}
        folder = work_folder(options.work)
        sheets = []
        for number in pages:
            with tempfile.TemporaryDirectory(prefix="gongkai-bench-gazette-", dir=folder) as work:
                sheets.append(run(corpus, number, Path(work)))
            around = surroundings(versions)
            print("\n".join(results.tables(sheets[-1:], around)), flush=True)
    except (BenchError, RunError) as error:
        print(error, file=sys.stderr)
        return 1
    if options.write:
        REPORT.write_text(results.document(sheets, around), encoding="utf-8")
        print(f"\n已写入 {REPORT}")
    return 0


def _corpus(folder: Path) -> Path:
    if not folder.is_dir() or not find_texts(folder)[0]:
        raise BenchError(
            f"{folder} 里没有法规文本（.md 文件）\n    改法：核对 --corpus 后面的文件夹"
        )
    return folder


def _pages(text: str) -> list[int]:
    words = text.split(",")
    if not all(word.isdecimal() and int(word) for word in words):
        raise BenchError(f"“{text}”不是页数\n    改法：写成 --pages-of 15,150")
    return [int(word) for word in words]


def _typst() -> str:
    try:
        return version("typst")
    except PackageNotFoundError:
        raise BenchError("没有 Typst\n    改法：执行 python -m plugins setup bench") from None


def run(corpus: Path, pages: int, work: Path) -> Sheet:
    """Have one issue of about so many pages set by all.

    Raises:
        RunError: one of them failed.
    """
    texts = taken(corpus, pages)
    settings = write_issue(PROJECT.resolve() / "content", texts, work / "content")
    one = made(work / "content", settings, PROJECT.resolve() / THEME, work / "pdfs")
    (work / "issue.pickle").write_bytes(pickle.dumps(one.sheet))
    (work / "issue.html").write_text(for_chromium(one.sheet, find_faces()), encoding="utf-8")
    title = "尧都区人民政府公报"
    (work / "issue.typ").write_text(for_typst(title, one.texts), encoding="utf-8")
    words = {
        GONGKAI: [*_setting(GONGKAI.lower(), work / "issue.pickle")],
        CHROMIUM: _chromium(work / "issue.html"),
        TYPST: [*_setting(TYPST.lower(), work / "issue.typ")],
    }
    outcomes = {name: _outcome(name, words[name], work) for name in results.NAMES}
    start = measure(
        _words(_setting("nothing", work / "issue.pickle"), work, "none"), PROJECT, work / "log"
    )
    return Sheet(len(texts), start, outcomes)


def _setting(engine: str, source: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "plugins.bench_gazette.setting",
        engine,
        str(source),
        "{pdf}",
        "{folder}",
    ]


def _chromium(page: Path) -> list[str]:
    program = find_program(*BROWSERS)
    if program is None:
        raise BenchError("没有 Chromium\n    改法：执行 python -m plugins setup bench")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    return [program, *flags, "--user-data-dir={folder}", "--print-to-pdf={pdf}", page.as_uri()]


def _words(words: list[str], work: Path, name: str) -> list[str]:
    folder = work / f"{name}-folder"
    folder.mkdir(exist_ok=True)
    places = {"{pdf}": str(work / f"{name}.pdf"), "{folder}": str(folder)}
    return [_filled(word, places) for word in words]


def _filled(word: str, places: dict[str, str]) -> str:
    for mark, place in places.items():
        word = word.replace(mark, place)
    return word


def _outcome(name: str, words: list[str], work: Path) -> Outcome:
    costs: list[Cost] = []
    files: list[bytes] = []
    for turn in range(_TWICE):
        own = f"{name}-{turn}"
        costs.append(measure(_words(words, work, own), PROJECT, work / "log"))
        pdf = work / f"{own}.pdf"
        if not pdf.is_file():
            raise RunError(f"{name} 没有做出 PDF\n{(work / 'log').read_text('utf-8', 'replace')}")
        files.append(pdf.read_bytes())
    cost = min(costs, key=lambda one: one.cpu)
    return Outcome(cost, look(files[0]), is_same=files[0] == files[1])
