"""What the documentation says of commands, settings, servers and files is so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from plugins.__main__ import COMMANDS
from plugins.origins.answers import CONTENT_SECURITY_POLICY
from plugins.reading.data import read_calendar
from plugins.settings import County, Footer

ROOT = Path(__file__).parent.parent.parent
OUTSIDE_DOCS = ("README.md", "README.zh-CN.md", "CHANGELOG.md", "plugins/README.md")
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *(ROOT / name for name in OUTSIDE_DOCS)])
OPERATIONS = (ROOT / "docs/operations.md").read_text("utf-8")
FLOOR_PLAN = (ROOT / "plugins/README.md").read_text("utf-8")
COMMAND_NAMES = {command.name for command in COMMANDS}
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ON_EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@ON_EVERY_PAGE
def test_every_link_inside_the_project_leads_to_a_file(page: Path) -> None:
    prose = FENCE.sub("", page.read_text("utf-8"))
    targets = re.findall(r"(?<!\\)\]\(([^)#\s]+)", prose) + re.findall(
        r'(?:src|href)="([^"#]+)"', prose
    )

    missing = [
        target
        for target in targets
        if not re.match(r"https?:|mailto:", target) and not (page.parent / target).exists()
    ]

    assert missing == []


@ON_EVERY_PAGE
def test_every_command_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")

    name = r"([a-z]+(?:-[a-z]+)*)"
    named = re.findall(rf"(?:`|^)(?:make|python3? -m plugins) {name}", text, re.MULTILINE)

    assert set(named) <= COMMAND_NAMES


@ON_EVERY_PAGE
def test_every_path_in_code_marks_is_there(page: Path) -> None:
    prose = FENCE.sub("", page.read_text("utf-8"))
    named = re.findall(r"`((?:plugins|themes|docs|requirements|tests|\.ci)/[\w./-]*)`", prose)

    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("kind", [County, Footer])
def test_every_setting_is_explained(kind: type) -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", OPERATIONS, re.MULTILINE))

    assert {setting.name for setting in fields(kind)} <= rows


def test_every_name_in_the_tables_of_settings_is_a_setting() -> None:
    section = OPERATIONS.partition("## 二、设置")[2].partition("## 三、")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    conf = "".join(
        (ROOT / name).read_text("utf-8") for name in ("pelicanconf.py", "publishconf.py")
    )
    known = {s.name for kind in (County, Footer) for s in fields(kind)}

    assert named <= known | set(re.findall(r"^([A-Z_]+) =", conf, re.MULTILINE))


def test_the_server_is_told_the_policy_that_the_preview_keeps() -> None:
    assert f'Content-Security-Policy "{CONTENT_SECURITY_POLICY}"' in OPERATIONS


def test_a_new_year_of_workdays_is_read_as_shown() -> None:
    form = r"^`content/workdays.yaml`：\n\n```yaml\n(.*?)```"
    (text,) = re.findall(form, OPERATIONS, re.MULTILINE | re.DOTALL)

    calendar, problems = read_calendar("content/workdays.yaml", text.encode())

    assert problems == []
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 2, 20))


@pytest.mark.parametrize("name", ["site", "sign", "test", "bench"])
def test_the_way_to_lock_requirements_is_the_one_that_their_files_give(name: str) -> None:
    head = (ROOT / f"requirements/{name}.in").read_text("utf-8").replace("\\\n#", "")
    command = re.search(r"uv pip compile .*?\.txt$", head, re.MULTILINE)

    assert command is not None
    assert " ".join(command[0].split()) in OPERATIONS


def test_both_readmes_have_the_same_structure() -> None:
    english, chinese = (
        re.findall(r"^#+ |^```\w*|!\[|^\| ---", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        for name in ("README.md", "README.zh-CN.md")
    )

    assert english == chinese


def test_the_floor_plan_is_the_one_that_lint_keeps() -> None:
    conf = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = conf["tool"]["importlinter"]["contracts"][0]["layers"]
    kept = [sorted(re.findall(r"\w+", layer)) for layer in layers]

    drawn = FENCE.findall(FLOOR_PLAN)[0].splitlines()[1:-1]

    assert [sorted(re.findall(r"\w+", line)) for line in drawn] == kept


def test_every_room_is_described() -> None:
    rooms = {p for p in (ROOT / "plugins").iterdir() if p.suffix == ".py" or p.is_dir()}
    names = {p.name + "/" * p.is_dir() for p in rooms} - {"__init__.py", "__pycache__/"}
    rows = "".join(re.findall(r"^\| (`.*?) \|", FLOOR_PLAN, re.MULTILINE))

    assert [name for name in sorted(names) if f"`{name}`" not in rows] == []


@pytest.mark.parametrize("picture", sorted((ROOT / "docs/images").glob("*")), ids=lambda p: p.name)
def test_a_picture_is_small_and_shown(picture: Path) -> None:
    assert picture.stat().st_size <= 200 * 1024
    for name in ("README.md", "README.zh-CN.md"):
        assert f"docs/images/{picture.name}" in (ROOT / name).read_text("utf-8")
