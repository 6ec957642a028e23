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

STEPS = int(os.environ.get("WALK_STEPS", "7"))


@pytest.mark.parametrize("seed", [1, 2])
def test_after_every_edit_the_site_and_the_problems_are_those_of_a_clean_build(
    tmp_path: Path, seed: int
) -> None:
    walk = Walk(tmp_path, seed)

    walk.run(STEPS)

    assert walk.sound_steps > walk.builds / 2, walk.told()


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_after_a_kill_at_any_file_the_next_build_comes_to_the_new_site_or_back_to_the_old(
    tmp_path: Path, moment: str
) -> None:
    old = write_county(tmp_path / "old")
    new = write_county(
        tmp_path / "new", SOUND | {"policies/2021/2021-005.md": POLICY.replace("节水", "供水")}
    )
    (new / "interpretations/2021/2021-001.md").rename(new / "interpretations/2021/2021-002.md")
    target = tmp_path / "output"
    with patch.object(publishing, "put_in_place", wraps=publishing.put_in_place) as counted:
        build(old, target)
        clean_old, first = tree_of(target), counted.call_count
        build(new, target)
        clean_new, calls = tree_of(target), counted.call_count - first

    for left in range(0, calls, 6):
        for content, clean in ((new, clean_new), (old, clean_old)):
            build(old, target)
            with killed(publishing, "put_in_place", left, moment):
                build(new, target)
            build(content, target)

            assert tree_of(target) == clean, left
