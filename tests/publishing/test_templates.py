"""A template's closure is all that it can include, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from plugins.publishing import closures

TEMPLATES = {
    "base.html": "{% block main %}{% endblock %}",
    "page.html": '{% extends "base.html" %}{% from "parts/card.html" import card %}',
    "list.html": '{% import "parts/card.html" as c %}{% include ["none.html", "parts/row.html"] %}',
    "parts/card.html": '{% macro card() %}{% include "parts/icon.html" %}{% endmacro %}',
    "parts/icon.html": "icon",
    "parts/row.html": "row",
    "chooses.html": "{% include name %}",
    "alone.html": "alone",
    "drawn.html": '{% include "parts/mark.svg" %}',
    "parts/mark.svg": "<svg/>",
}


def write(folder: Path, templates: Mapping[str, str]) -> Path:
    for name, text in templates.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def touched_by(folder: Path, name: str, text: str) -> set[str]:
    """The templates whose closures change when one says something else."""
    before = closures(write(folder, TEMPLATES), {})
    after = closures(write(folder, {name: text}), before)
    return {n for n in before.keys() | after.keys() if n and before.get(n) != after.get(n)}


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        ("base.html", {"base.html", "page.html"}),
        ("parts/icon.html", {"parts/icon.html", "parts/card.html", "page.html", "list.html"}),
        ("parts/row.html", {"parts/row.html", "list.html"}),
        ("alone.html", {"alone.html"}),
        ("parts/mark.svg", {"parts/mark.svg", "drawn.html"}),
    ],
)
def test_a_change_reaches_all_that_include_import_or_extend_it(
    tmp_path: Path, name: str, reached: set[str]
) -> None:
    assert touched_by(tmp_path, name, "other words") == reached | {"chooses.html"}


def test_a_new_template_reaches_those_that_already_name_it(tmp_path: Path) -> None:
    assert touched_by(tmp_path, "none.html", "") == {"none.html", "list.html", "chooses.html"}


def test_a_template_that_is_none_still_has_a_closure(tmp_path: Path) -> None:
    assert touched_by(tmp_path, "alone.html", "{% if") == {"alone.html", "chooses.html"}


def test_templates_that_name_each_other_have_closures(tmp_path: Path) -> None:
    write(
        tmp_path, {"one.html": '{% include "two.html" %}', "two.html": '{% include "one.html" %}'}
    )

    assert set(closures(tmp_path, {})) == {"", "one.html", "two.html"}


def test_a_renamed_template_changes_the_whole(tmp_path: Path) -> None:
    before = closures(write(tmp_path, {"one.html": "words"}), {})
    (tmp_path / "one.html").rename(tmp_path / "two.html")

    assert closures(tmp_path, before) != before


def test_unchanged_templates_are_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = closures(write(tmp_path, TEMPLATES), {})
    monkeypatch.setattr("plugins.publishing.templates._named_in", None)

    assert closures(tmp_path, before) is before
