from argparse import Namespace
from collections.abc import Sequence

import pytest

from plugins import quality


class Recorder:
    """Stands for the tools: notes what is run, and lets some fail."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.steps: list[str] = []

    def __call__(self, step: Sequence[str]) -> int:
        self.steps.append(" ".join(step))
        return 1 if step[0] in self.failing else 0


def test_all_steps_run_also_after_a_failed_one() -> None:
    tools = Recorder("a", "b")

    code = quality.run_all([("a",), ("b", "-x"), ("c",)], tools)

    assert code == 1
    assert tools.steps == ["a", "b -x", "c"]


def test_all_good_is_zero() -> None:
    assert quality.run_all([("a",), ("b",)], Recorder()) == 0


def test_a_failed_last_step_fails_the_whole() -> None:
    assert quality.run_all([("a",), ("b",)], Recorder("b")) == 1


def test_earlier_failures_are_told_before_the_last_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quality.run_all([("a",), ("b",), ("c",)], Recorder("a"))

    assert "failed: a" in capsys.readouterr().err


def test_pytest_comes_last_with_the_further_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = Recorder()
    monkeypatch.setattr(quality, "_run", tools)

    quality.test(Namespace(extra=["-k", "x"]))

    assert tools.steps[-1] == "pytest -k x"
    assert len(tools.steps) == len(quality.LINT) + 1


def test_lint_is_the_same_without_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = Recorder()
    monkeypatch.setattr(quality, "_run", tools)

    quality.lint(Namespace())

    assert tools.steps == [" ".join(step) for step in quality.LINT]
