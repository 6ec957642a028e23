"""What templates may call."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from jinja2 import DictLoader, Environment, UndefinedError

from plugins.library import Library
from plugins.presenting import site_view, written_day, written_moment
from plugins.publishing.environment import (
    breakable,
    equip,
    filesize,
    iso,
    render,
)
from plugins.records import Vocabularies
from plugins.views import Head
from plugins.workdays import Calendar
from tests.county import settings

SITE = site_view(Library((), Vocabularies({}), Calendar({}, {}), {}), settings())


def _render(source: str, url: str = "policies/2021/2021-005/", base: str = "/zwgk/") -> str:
    environment = equip(Environment(loader=DictLoader({"page": source}), autoescape=True), base)
    head = Head("题", url, "", "", (), ())
    return render(environment, "page", SITE, head, {})


@pytest.mark.parametrize(
    ("page", "target", "way"),
    [
        ("", "", "./"),
        ("", "policies/", "policies/"),
        ("policies/", "", "../"),
        ("policies/2021/2021-005/", "organs/office/", "../../../organs/office/"),
    ],
)
def test_links_are_relative_so_that_the_site_works_under_any_path(
    page: str, target: str, way: str
) -> None:
    assert _render(f"{{{{ url('{target}') }}}}", page) == way


def test_only_the_page_for_lost_addresses_uses_the_base_path() -> None:
    assert _render("{{ url('policies/') }}", "404.html") == "/zwgk/policies/"
    assert _render("{{ asset('gongkai.css') }}", "404.html") == "/zwgk/theme/gongkai.css"
    assert _render("{{ url('policies/') }}") == "../../../policies/"


@pytest.mark.parametrize("target", ["https://www.gov.cn/", "tel:12345", "#s1", "mailto:a@b.cn"])
def test_addresses_that_leave_the_page_tree_are_kept(target: str) -> None:
    assert _render(f"{{{{ url('{target}') }}}}") == target


def test_a_template_cannot_use_what_it_was_not_given() -> None:
    with pytest.raises(UndefinedError):
        _render("{{ library }}")


def test_text_is_escaped() -> None:
    assert _render("{{ '<b>' }}") == "&lt;b&gt;"
    assert "<b>" not in breakable("<b>关于印发方案的通知")


def test_a_title_breaks_where_its_phrases_begin() -> None:
    broken = breakable("某县人民政府办公室关于印发某县2021年节水工作方案的通知")

    assert broken == (
        "某县人民政府办公室<wbr>关于印发<wbr>某县<wbr>2021年<wbr>节水<wbr>工作方案的通知"
    )


def test_days_and_moments_are_written_as_official_papers_write_them() -> None:
    assert written_day(date(2021, 7, 2)) == "2021年7月2日"
    assert written_moment(datetime(2021, 7, 2, 9, 5)) == "2021年7月2日 09:05"
    assert iso(date(2021, 7, 2)) == "2021-07-02"
    assert iso(datetime(2021, 7, 2, 9, 5)) == "2021-07-02T09:05+08:00"


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "1 KB"), (1024, "1 KB"), (395_000, "386 KB"), (2_516_583, "2.4 MB")]
)
def test_sizes_are_shown_in_round_units(size: int, shown: str) -> None:
    assert filesize(size) == shown


def test_a_component_is_kept_for_pages_of_one_depth_and_one_set_of_arguments() -> None:
    source = "{% macro m(word) %}{{ word }} {{ url('a/') }}{% endmacro %}{{ kept(m, word) }}"
    environment = equip(Environment(loader=DictLoader({"page": source}), autoescape=True), "/")

    def shown(url: str, word: str) -> str:
        return render(environment, "page", SITE, Head("", url, "", "", (), ()), {"word": word})

    assert shown("x/", "<甲>") == "&lt;甲&gt; ../a/"
    assert shown("x/y/", "<甲>") == "&lt;甲&gt; ../../a/"
    assert shown("x/", "乙") == "乙 ../a/"
