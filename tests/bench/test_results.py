import sys
from pathlib import Path

import pytest

from plugins.bench.live import Live
from plugins.bench.measuring import Cost, RunError, measure, middle
from plugins.bench.results import Sheet, Size, Surroundings, document, ratio, size_of, tables

AROUND = Surroundings("2021-07-15", {"Gongkai": "1", "Hugo": "2"}, "Linux，2 核")


def sheet() -> Sheet:
    return Sheet(
        "10 篇",
        costs={
            "hugo": [Cost(2.0, 1.0, 100e6), Cost(4.0, 3.0, 300e6), Cost(3.0, 2.0, 200e6)],
            "body": [Cost(0.3, 0.5, 50e6)],
        },
        sizes={"Hugo": Size(12, 3_500_000, 11_900)},
        live={"Gongkai": Live(0.05, 0.1), "Hugo": Live(0.5, 0.4)},
    )


def test_each_quantity_has_its_own_median() -> None:
    costs = [Cost(1, 30, 200), Cost(2, 10, 300), Cost(3, 20, 100)]

    assert middle(costs) == Cost(2, 20, 200)


def test_rows_are_divided_by_hugos_full_build() -> None:
    lines = list(tables([sheet()], AROUND))

    assert "| Hugo 完整生成 | 1.0 | 1.0 | 1.0 | 3.00 | 2.00 | 200 | 3 |" in lines
    assert "| 改一篇旧文件的正文 | 0.10 | 0.25 | 0.25 | 0.30 | 0.50 | 50 | 1 |" in lines


def test_what_was_not_measured_has_no_row() -> None:
    assert not any("从零生成" in line for line in tables([sheet()], AROUND))


def test_saving_to_browser_is_compared_too() -> None:
    lines = list(tables([sheet()], AROUND))

    assert "| Gongkai | 50 | 0.10 | 0.10 |" in lines
    assert "| Hugo | 500 | 1.0 | 0.40 |" in lines
    assert "| Hugo | 12 | 3.5 | 11.9 |" in lines


def test_the_document_tells_day_versions_and_machine() -> None:
    written = document([sheet()], AROUND)

    assert written.startswith("# 生成有多快\n")
    assert "2021-07-15；Gongkai 1，Hugo 2；Linux，2 核。" in written
    assert written.endswith("|\n")


@pytest.mark.parametrize(
    ("share", "written"),
    [(123.4, "123"), (12.3, "12"), (1.0, "1.0"), (0.4, "0.40"), (0.0333, "0.033")],
)
def test_a_ratio_has_the_figures_that_mean_something(share: float, written: str) -> None:
    assert ratio(share) == written


def test_an_output_is_counted(tmp_path: Path) -> None:
    for name, length in (("a", 10), ("b", 20), ("c", 60)):
        page = tmp_path / name / "index.html"
        page.parent.mkdir()
        page.write_text("x" * length, "utf-8")
    (tmp_path / "sitemap.xml").write_text("x" * 5, "utf-8")

    assert size_of(tmp_path, ["a", "b", "c"]) == Size(files=4, bytes=95, document=20)


def test_a_run_is_measured_and_its_output_kept(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", "print('好')"], tmp_path, tmp_path / "log.txt")

    assert min(cost.cpu, cost.wall, cost.memory) > 0
    assert (tmp_path / "log.txt").read_text(encoding="utf-8") == "好\n"


def test_a_failed_run_tells_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="没有内容"):
        measure(
            [sys.executable, "-c", "raise SystemExit('没有内容')"], tmp_path, tmp_path / "log.txt"
        )
