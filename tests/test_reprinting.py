"""A body on another page than its own: its links lead where they led."""

from __future__ import annotations

import pytest

from plugins.reprinting import placed

AT, ON = "policies/2021/2021-005/", "packages/water/full/"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<a href="#s1">见</a>', '<a href="#d1-s1">见</a>'),
        ('<a href="表.csv">表</a>', '<a href="../../../policies/2021/2021-005/表.csv">表</a>'),
        (
            '<img alt="图" src="a.png"/>',
            '<img alt="图" src="../../../policies/2021/2021-005/a.png"/>',
        ),
        ('<a href="../../../pages/guide/#s2">见</a>', '<a href="../../../pages/guide/#s2">见</a>'),
        ('<a href="https://www.gov.cn/">国</a>', '<a href="https://www.gov.cn/">国</a>'),
        ('<a href="tel:12345">热线</a>', '<a href="tel:12345">热线</a>'),
        ('<h2 id="s1">一</h2>', '<h3 id="d1-s1">一</h3>'),
        ('<h6 id="x">一</h6>', '<h6 id="d1-x">一</h6>'),
        ('<td headers="a b">1</td>', '<td headers="d1-a d1-b">1</td>'),
        ('<div aria-labelledby="c">1</div>', '<div aria-labelledby="d1-c">1</div>'),
        ('<p>写作 id="s1" 的样子</p>', '<p>写作 id="s1" 的样子</p>'),
        ("<p>a &lt; b</p>", "<p>a &lt; b</p>"),
    ],
)
def test_a_body_is_made_right_for_another_page(html: str, wanted: str) -> None:
    assert placed(html, "d1-", AT, ON) == wanted
