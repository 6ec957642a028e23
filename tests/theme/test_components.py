"""Every component, by the examples in its component.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.theme.reading_room import MODES
from tests.theme.workbench import (
    COMPONENTS,
    Example,
    descriptions,
    environment,
    examples,
    render,
    script,
    stylesheet,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = tuple(examples())
AXE = (Path(__file__).parent / "axe_examples.js").read_text("utf-8")
STAGE = (
    '<!doctype html><html lang="zh-CN"><title>组件</title><style>{css}</style>'
    '<main><h1>组件</h1><div id="stage"></div></main><p id="status" role="status"></p>'
)
CHOOSE = "choices => Object.assign(document.documentElement.dataset, {js: '', ...choices})"


@pytest.mark.parametrize("name", sorted(path.name for path in COMPONENTS.iterdir()))
def test_a_component_states_its_purpose_its_params_and_at_least_one_example(name: str) -> None:
    """The room of a component holds a macro and a description that can be shown to a newcomer."""
    assert (COMPONENTS / name / "macro.html").is_file()
    description = descriptions()[name]
    assert description["purpose"].endswith(".")
    assert description["examples"]
    for param in description["params"]:
        assert param.keys() == {"name", "type", "required", "description"}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_renders_without_an_undefined_name(example: Example) -> None:
    """StrictUndefined turns any name that the component does not state into an error."""
    assert "{{" not in render(example)


@pytest.mark.parametrize("name", sorted(descriptions()))
def test_the_stated_params_are_those_of_the_macro(name: str) -> None:
    """Names, order and which of them may be left out are the same in yaml and in Jinja."""
    description = descriptions()[name]
    module = environment().get_template(f"components/{name}/macro.html").make_module({"site": None})
    macro = getattr(module, description["macro"])
    assert [param["name"] for param in description["params"]] == list(macro.arguments)


def test_every_kind_of_header_cell_says_something() -> None:
    """An empty field of the header table is shown as 无, never left out."""
    example = next(example for example in EXAMPLES if example.component == "facts")
    assert "<dt>废止日期</dt>\n<dd>无</dd>" in render(example)


@pytest.mark.parametrize("mode", MODES)
def test_every_example_passes_axe_at_two_widths(
    chromium: Browser, axe_source: str, mode: str
) -> None:
    """WCAG 2.2 A and AA and the best practices, in each of the four modes."""
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.set_content(STAGE.format(css=stylesheet()))
    page.add_script_tag(content=script())
    page.add_script_tag(content=axe_source)
    page.evaluate(CHOOSE, MODES[mode])
    html = [[str(example), render(example)] for example in EXAMPLES]
    faults = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        faults += [f"{width}: {fault}" for fault in page.evaluate(AXE, html)]
    context.close()
    assert not faults, "\n".join(faults)
