"""A 历史公报 as counties have it in a drawer: a PDF and a list of what is in it."""

from __future__ import annotations

from pathlib import Path

from plugins.digitizing import Asked
from tests.digitizing.paper import pdf, set_in_lines

SPRING = (
    "为做好今年的春耕生产工作，保障农业生产的顺利进行，现将有关事项通知如下，请各乡镇、各部门认真"
    "贯彻执行。\n一、抓紧备足种子、化肥和农药，检修农机具。\n二、加强田间管理，防止*倒春寒*和病虫害，"
    "及时报告[灾情]。"
)
FIRE = "入冬以来天干物燥，各单位要落实防火责任，清理可燃物，备足器材，值班人员不得离岗。"
STAFF = "张某某任某县农业局副局长，免去李某某某县水利局副局长职务，以上任免自印发之日起计算。"
PAGES = [
    ["某县政报", "2018年第1期", "总第9期"],
    [
        "某县政报  2018年第1期", "县政府文件", "某县人民政府", "关于做好春耕生产工作的通知",
        "某政发[2018]3号", *set_in_lines(SPRING), "某县人民政府", "2018年2月6日", "— 1 —",
    ],
    [
        "某县政报  2018年第1期", "　　（此件公开发布）", "县政府办公室文件",
        "关于加强冬季防火工作的紧急通知", *set_in_lines(FIRE), "— 2 —",
    ],
    [
        "某县政报  2018年第1期", "人事任免", "关于张某某等职务任免的通知",
        *set_in_lines(STAFF), "— 3 —",
    ],
    ["某县政报编辑部", "免费赠阅"],
]  # fmt: skip
LIST = """栏目,标题,发文字号,发文机关,成文日期,起页,止页
县政府文件,某县人民政府关于做好春耕生产工作的通知,某政发[2018]3号,某县人民政府,2018-02-06,1,2
县政府办公室文件,关于加强冬季防火工作的紧急通知,,某县人民政府办公室,,2,2
人事任免,关于张某某等职务任免的通知,,,,3,3
"""


def asked(  # noqa: PLR0913  # all that may be another
    folder: Path,
    *,
    pages: list[list[str]] = PAGES,
    data: bytes = b"",
    articles: str = LIST,
    is_hidden: bool = False,
    begins: int = 0,
    issue: str = "2018-01",
    is_scanned: bool = False,
) -> Asked:
    """What is typed of it; its files lie in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file, table = folder / "旧公报.pdf", folder / "清单.csv"
    file.write_bytes(data or pdf(pages, is_hidden=is_hidden))
    table.write_text(articles, "utf-8")
    return Asked(file, table, issue, 9, "2018-03-30", "某县政报", begins, is_scanned)
