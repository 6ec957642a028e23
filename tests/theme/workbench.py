"""The theme as the tests see it: its files, and a strict Jinja environment with simple filters."""

from __future__ import annotations

import gzip
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from plugins import views
from plugins.publishing.environment import standalone

THEME = Path(__file__).parents[2] / "themes" / "gongkai"
TEMPLATES = THEME / "templates"
COMPONENTS = TEMPLATES / "components"
STATIC = THEME / "static"


Yaml: typing.TypeAlias = Any


@cache
def environment() -> Environment:
    """The builder's own environment over this theme; it compiles each template once."""
    return standalone(TEMPLATES)


@cache
def stylesheet() -> str:
    """All rules in the builder's order."""
    parts = [*sorted((STATIC / "css").glob("*.css")), *sorted(COMPONENTS.glob("*/component.css"))]
    return "\n".join(path.read_text("utf-8") for path in parts)


@cache
def script() -> str:
    """The deferred script in the builder's order."""
    parts = [*sorted((STATIC / "js").glob("*.js")), *sorted(COMPONENTS.glob("*/component.js"))]
    return "\n".join(path.read_text("utf-8") for path in parts)


def zipped(text: str) -> int:
    """Bytes over the wire, with nothing taken out but comments and indentation."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    kept = (line for line in lines if line and not line.startswith("//"))
    return len(gzip.compress("\n".join(kept).encode(), 9))


@dataclass(frozen=True)
class Example:
    """One named context of a component."""

    component: str
    name: str
    macro: str
    wrap: str
    context: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.component}: {self.name}"


@cache
def descriptions() -> dict[str, dict[str, Any]]:
    """The parsed component.yaml of every component, by the component's name."""
    paths = sorted(COMPONENTS.glob("*/component.yaml"))
    return {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in paths}


def examples() -> Iterator[Example]:
    """Every example of every component, its values made into the views that features hand over."""
    for name, description in descriptions().items():
        kinds = {param["name"]: param["type"] for param in description["params"]}
        for example in description["examples"]:
            yield Example(
                component=name,
                name=example["name"],
                macro=description["macro"],
                wrap=description.get("wrap", ""),
                context={
                    key: as_view(value, kinds[key]) for key, value in example["context"].items()
                },
            )


def render(example: Example) -> str:
    """The HTML of one example."""
    source = (
        f'{{% from "components/{example.component}/macro.html"'
        f" import {example.macro} %}}"
        f"{{{{ {example.macro}(**context) }}}}"
    )
    site = as_view(descriptions()["header"]["examples"][0]["context"]["site"], "Site")
    page = views.Head(title="", url="", description="", section="", crumbs=(), metas=())
    template = environment().from_string(source)
    html = template.render(context=example.context, site=site, page=page)
    return f"<{example.wrap}>{html}</{example.wrap}>" if example.wrap else html


def as_view(value: Yaml, kind: str) -> object:
    """Plain YAML made into the named view; kinds that a room keeps to itself become namespaces."""
    if kind.startswith("tuple of "):
        inner = kind.removeprefix("tuple of ")
        return tuple(as_view(item, inner) for item in value)
    return _fill(value, None if kind == "Site" else getattr(views, kind, None))


def _fill(value: Yaml, hint: object) -> object:
    if isinstance(value, list):
        inner = typing.get_args(hint)[:1]
        return tuple(_fill(item, inner[0] if inner else None) for item in value)
    if not isinstance(value, dict):
        return value
    for view in (hint, *typing.get_args(hint)):
        if isinstance(view, type) and (is_dataclass(view) or issubclass(view, tuple)):
            hints = typing.get_type_hints(view)
            assert value.keys() <= hints.keys(), f"{view.__name__} has {', '.join(hints)}"
            return view(**{key: _fill(item, hints[key]) for key, item in value.items()})
    return types.SimpleNamespace(**{key: _fill(item, None) for key, item in value.items()})
