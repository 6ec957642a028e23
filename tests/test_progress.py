"""How far long work has come is shown, and never changes the work."""

from __future__ import annotations

import time

import pytest

from plugins.progress import Progress, plainly


@pytest.mark.parametrize("is_terminal", [True, False])
@pytest.mark.parametrize("count", [0, 3, 250])
def test_the_items_come_through_as_they_are(is_terminal: bool, count: int) -> None:  # noqa: FBT001
    shown = Progress(is_terminal=is_terminal).over("读取", range(count), count)

    assert list(shown) == list(range(count))
    assert list(plainly("读取", range(count), count)) == list(range(count))


def test_off_a_terminal_a_line_comes_from_time_to_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr("time.perf_counter", lambda: next(clock) * 2.0)

    list(Progress(is_terminal=False).over("读取", range(300), 300))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "读取 3/300"
    assert all(line.startswith("读取 ") for line in lines)


def test_little_work_is_not_worth_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    list(Progress(is_terminal=True).over("读取", range(199), 199))

    assert capsys.readouterr().out == ""


def test_stages_are_timed_in_order_and_added_up() -> None:
    shown = Progress(is_terminal=False)

    with shown.stage("读取检查"):
        time.sleep(0.01)
    with pytest.raises(ZeroDivisionError), shown.stage("生成"):
        raise ZeroDivisionError
    with shown.stage("读取检查"):
        time.sleep(0.01)

    assert shown.seconds["读取检查"] >= 0.02
    assert shown.summary() == f"读取检查 {shown.seconds['读取检查']:.1f} 秒，生成 0.0 秒"
