import argparse
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins import __main__ as command_line
from plugins.bench.preparing import BenchError, corpus_of
from plugins.bench_search import command as bench_search
from plugins.bench_search.running import Bench

LAW = "# 河道巡查条例\n\n<!-- INFO END -->\n\n第一条 巡查人应当每日沿河巡查。\n"


def options(*words: str) -> argparse.Namespace:
    return command_line.parse(["bench-search", "--corpus", "none", *words])[1]


def test_the_command_line_has_its_defaults() -> None:
    found = options()

    assert (found.rounds, found.queries, found.work, found.write) == (3, 25, None, False)


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--sizes", "many"), "“many”不是篇数"), ((), "none 里没有法规文本")],
)
def test_what_cannot_be_measured_is_told(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench_search(options(*words)) == 1

    printed = capsys.readouterr().err
    assert told in printed
    assert "改法：" in printed


def test_a_missing_pagefind_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(LAW, encoding="utf-8")
    module = sys.modules["plugins.bench_search.command"]
    monkeypatch.setattr(module, "_PACKAGE", "not_installed_anywhere")

    assert bench_search(options("--corpus", str(tmp_path), "--sizes", "1")) == 1

    printed = capsys.readouterr().err
    assert "没有 Pagefind" in printed
    assert "python -m plugins setup bench" in printed


def test_texts_too_few_to_ask_about_are_told(chromium: Browser, root: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.md").write_text("# 甲\n\n<!-- INFO END -->\n\n乙。\n", encoding="utf-8")
    corpus = corpus_of(tmp_path / "texts")
    bench = Bench(root, tmp_path, Path("pagefind"), chromium, corpus, rounds=1, count=5)

    with pytest.raises(BenchError, match="文本太少"):
        bench.run("real")
