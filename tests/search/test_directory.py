"""按年份和名称查找: every name under the letter a reader looks for, every list of a year."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.search.directory import bare, place
from tests.county import POLICY, SOUND, build, write_county

TERRITORY = "临汾市尧都区"


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("安全生产", "A"),
        ("财政局", "C"),
        ("民政局", "M"),
        ("尧都分局", "Y"),
        ("做好节水工作", "Z"),
        ("“十四五”规划", "S"),
        ("IPv6 改造", "I"),
        ("ＡＢ角制度", "A"),
        ("12345 热线", "其他"),
        ("垚鑫镇", "其他"),
        ("", "其他"),
    ],
)
def test_a_name_stands_under_the_letter_of_its_pinyin(name: str, letter: str) -> None:
    assert place(name)[0] == letter


def test_names_of_one_letter_are_in_the_order_of_pinyin_and_others_come_last() -> None:
    names = ["垚鑫镇", "住建局", "政府办公室", "安全生产", "自然资源局", "Zoo", "12345", "政府"]

    assert sorted(names, key=place) == [
        *("安全生产", "Zoo", "政府", "政府办公室", "住建局", "自然资源局", "12345", "垚鑫镇"),
    ]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("区财政局", "财政局"),
        ("尧都区财政局", "财政局"),
        ("临汾市尧都区财政局", "财政局"),
        ("区", "区"),
        ("尧庙镇", "尧庙镇"),
        ("示例镇", "示例镇"),
    ],
)
def test_the_countys_own_name_in_front_is_passed_over(name: str, rest: str) -> None:
    assert bare(name, TERRITORY) == rest


def test_years_and_names_lead_to_pages_that_are_there(tmp_path: Path) -> None:
    older = POLICY.replace("2021", "2019").replace("〕5号", "〕7号")
    files = SOUND | {"policies/2019/2019-007.md": older}
    build(write_county(tmp_path / "content", files), tmp_path / "output")
    html = (tmp_path / "output/search/directory/index.html").read_text("utf-8")
    main = html.partition("<main")[2].partition("</main>")[0]

    links = re.findall(r'href="\.\./\.\./([^"#]+/)"', main)
    assert {"policies/2021/", "policies/2019/", "interpretations/2021/", "organs/office/"} <= {
        *links
    }
    assert [
        link for link in links if not (tmp_path / "output" / link / "index.html").is_file()
    ] == []
    assert main.index("2021年") < main.index("2019年")
