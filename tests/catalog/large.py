"""A county whose standard catalog is as large as a county's may be: 26 areas, thousands of rows."""

from __future__ import annotations

import random
from collections.abc import Iterator

import yaml

from plugins.tables import as_csv
from tests.county import OFFICE, POLICY, ROOT

HEADER = (
    "编号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
    "不适用说明",
    "关联事项",
)
_PRIMARY = ("政策文件", "办事指南", "审批结果", "监督检查", "资金发放", "名单公示", "统计数据")
_WORDS = ("标准", "程序", "条件", "名单", "金额", "期限", "材料", "结果", "电话", "地点", "流程")
_BASES = (
    "《中华人民共和国政府信息公开条例》",
    "《关于全面推进政务公开工作的意见》",
    "《社会救助暂行办法》",
    "《中华人民共和国安全生产法》",
    "《中华人民共和国预算法》",
)
_LIMITS = ("长期公开", "及时公开", "20个工作日内", "7个工作日内", "实时公开")
_BODIES = ("某县人民政府办公室", "县级相关部门", "乡镇人民政府")
_CHANNELS = ("政府网站", "政府公报", "两微一端", "公开查阅点", "政务服务中心", "便民服务站")
_RECORD = """---
title: {area}领域基层政务公开标准目录（2021年版）
published: 2021-02-01 09:00
disclosure: 主动公开
issuer: 某县人民政府办公室
area: {area}
version: 2021年版
effective: 2021-02-01
basis: 国办发〔2019〕54号
table: 2021-01.csv
summary: {area}领域的公开事项。
---

按照上级要求编制。
"""


def areas() -> tuple[tuple[str, str], ...]:
    """Name and key of every area."""
    terms = yaml.safe_load((ROOT / "content/vocabularies/areas.yaml").read_text("utf-8"))
    return tuple((term["name"], term["key"]) for term in terms)


def county(rows: int, seed: int = 1) -> dict[str, str | bytes]:
    """The files of a county whose catalog has about so many rows, spread over all areas."""
    chance = random.Random(seed)
    files: dict[str, str | bytes] = {"organs/office.md": OFFICE}
    per_area = max(1, rows // len(areas()))
    for name, key in areas():
        files[f"catalog/{key}/2021-01.md"] = _RECORD.format(area=name)
        files[f"catalog/{key}/2021-01.csv"] = as_csv(HEADER, _rows(key, per_area, chance))
    first = f"{areas()[0][1]}-001"
    files["policies/2021/2021-005.md"] = POLICY.replace(
        "keywords:", f"catalog_rows: [{first}]\nkeywords:"
    )
    return files


def _rows(key: str, count: int, chance: random.Random) -> Iterator[tuple[str, ...]]:
    def some(words: tuple[str, ...], most: int) -> list[str]:
        return chance.sample(words, chance.randint(1, most))

    for number in range(1, count + 1):
        yield (
            f"{key}-{number:03d}",
            chance.choice(_PRIMARY),
            "".join(some(_WORDS, 3)) + (f"（{number}）" if chance.random() < 0.7 else ""),
            "、".join(f"{a}{b}" for a in some(_WORDS, 6) for b in some(_WORDS, 2)),
            "、".join(some(_BASES, 3)),
            chance.choice(_LIMITS),
            "、".join(some(_BODIES, 2)),
            "、".join(some(_CHANNELS, 4)),
            chance.choice(("全社会", "特定群体")),
            chance.choice(("主动", "依申请")),
            chance.choice(("县级", "乡级", "县级、乡级")),
            "本县没有这类事项" if chance.random() < 0.05 else "",
            "",
        )
