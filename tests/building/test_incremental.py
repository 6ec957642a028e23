"""After any edits, and after a kill in the middle, the incremental site is the clean one.

`WALK_STEPS=500 python -m pytest tests/building` walks longer; `python -m tests.building.walk SEED
STEPS` walks one way by hand.
"""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.building.walk import Walk, killed, publishing
from tests.county import POLICY, SOUND, build, tree_of, write_county

STEPS = int(os.environ.get("WALK_STEPS", "16"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_every_edit_the_site_and_the_problems_are_those_of_a_clean_build(
    tmp_path: Path, seed: int
) -> None:
    walk = Walk(tmp_path, seed)

    walk.run(STEPS)

    assert walk.sound_steps > walk.builds / 2, walk.told()


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_after_a_kill_at_any_file_the_next_build_comes_to_the_clean_site(
    tmp_path: Path, moment: str
) -> None:
    old = write_county(tmp_path / "old")
    new = write_county(
        tmp_path / "new", SOUND | {"policies/2021/2021-005.md": POLICY.replace("节水", "供水")}
    )
    (new / "interpretations/2021/2021-001.md").rename(new / "interpretations/2021/2021-002.md")
    build(new, tmp_path / "clean/output")
    clean, target = tree_of(tmp_path / "clean/output"), tmp_path / "output"
    with patch.object(publishing, "_replace", wraps=publishing._replace) as counted:
        build(old, target)
        first = counted.call_count
        build(new, target)
        calls = counted.call_count - first

    for left in range(0, calls, 6):
        build(old, target)
        with killed(publishing, "_replace", left, moment):
            build(new, target)
        between = tree_of(target)
        build(new, target)

        assert tree_of(target) == clean, left
        assert between != clean or left == calls - 1, left
