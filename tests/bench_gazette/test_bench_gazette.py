"""The bench of the gazette: what it hands the rivals, and what it reads from their PDFs."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from plugins import __main__ as command_line
from plugins.bench.measuring import Cost
from plugins.bench.results import Surroundings
from plugins.bench_gazette import results
from plugins.bench_gazette.command import command
from plugins.bench_gazette.issue import made, taken, write_issue
from plugins.bench_gazette.looking import Looks, look
from plugins.bench_gazette.results import NAMES, Outcome, Sheet
from plugins.bench_gazette.rivals import for_chromium, for_typst
from plugins.bench_gazette.setting import main
from plugins.folders import THEME
from plugins.typesetting import find_faces
from tests.county import ROOT

LAW = "# 河道巡查条例\n\n<!-- INFO END -->\n\n第一条 巡查人应当每日沿河巡查，不得 #漏 查。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "law.md").write_text(LAW, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--corpus", "none"), "none 里没有法规文本"),
        (("--corpus", "none", "--pages-of", "many"), "“many”不是页数"),
    ],
)
def test_what_cannot_be_measured_is_told(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(command_line.parse(["bench-gazette", *words])[1]) == 1

    said = capsys.readouterr().err
    assert told in said
    assert "改法：" in said


def test_one_issue_is_ready_for_all_three_and_ours_is_read_as_it_is(
    corpus: Path, tmp_path: Path
) -> None:
    settings = write_issue(ROOT / "content", taken(corpus, 1), tmp_path / "content")
    one = made(tmp_path / "content", settings, ROOT / THEME, tmp_path / "pdfs")
    source, pdf = tmp_path / "issue.pickle", tmp_path / "issue.pdf"
    source.write_bytes(pickle.dumps(one.sheet))

    main("gongkai", source, pdf, tmp_path)

    looks = look(pdf.read_bytes())
    assert looks.pages == 4
    assert (looks.is_tagged, looks.has_bookmarks, looks.has_labels) == (True, True, True)
    assert (looks.are_embedded, looks.are_truetype) == (True, True)
    assert looks.claims == "PDF/A-3、PDF/UA-1"
    page = for_chromium(one.sheet, find_faces())
    assert '@font-face{font-family:"宋体"' in page
    assert "河道巡查条例" in page
    written = for_typst("公报", one.texts)
    assert "= 河道巡查条例" in written
    assert "\\#漏" in written


def test_the_tables_show_ratios_to_ours() -> None:
    costs = dict(zip(NAMES, (2.0, 1.0, 0.5), strict=True))
    looks = look_of(pages=10)
    outcomes = {
        name: Outcome(Cost(cpu, cpu, 1e8), looks, is_same=name == NAMES[0])
        for name, cpu in costs.items()
    }

    told = "\n".join(
        results.tables(
            [Sheet(3, Cost(1.0, 1.0, 5e7), outcomes)], Surroundings("2021-01-01", {}, "")
        )
    )

    assert "| CPU，秒 / CPU, s | 2.00 | 1.00 | 0.50 | 0.50 | 0.25 |" in told
    assert "此外每页 100 毫秒" in told
    assert "| 再做一次，字节相同 / same bytes again | 是 | 否 | 否 |" in told


def look_of(pages: int) -> Looks:
    return Looks(
        pages,
        1000,
        is_tagged=True,
        has_bookmarks=True,
        has_labels=True,
        claims="",
        are_embedded=True,
        are_truetype=True,
    )
