"""An area's catalog, small enough to stand inside a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from plugins.checking import Checked, check_content
from plugins.records.catalog import COLUMNS
from plugins.tables import as_csv
from tests.county import POLICY, SOUND, settings, write_county

OFFICE = "某县人民政府办公室"
LIMIT = "自信息形成或者变更之日起20个工作日内"
USUAL = {
    "一级事项": "政策文件",
    "公开内容（要素）": "文件全文",
    "公开依据": "《安全生产法》、《政府信息公开条例》",
    "公开时限": LIMIT,
    "公开主体": "县政府办",
    "公开渠道和载体": "政府网站、两微一端",
    "公开对象": "全社会",
    "公开方式": "主动",
    "公开层级": "县级",
}
"""What every row says unless it says otherwise."""


def table(rows: Mapping[str, Mapping[str, str]], header: Iterable[str] = COLUMNS) -> bytes:
    """A catalog's CSV file: 编号 → what a row says other than usual."""
    cells = (
        {**USUAL, "二级事项": f"事项{row_id}", **said, "编号": row_id}
        for row_id, said in rows.items()
    )
    names = tuple(header)
    return as_csv(names, ([row.get(name, "") for name in names] for row in cells))


def version(
    name: str = "2021-02", day: str = "2021-02-01", area: str = "安全生产", **more: str
) -> str:
    """The document of a version that takes effect on the day of its publication."""
    values = {
        "title": f"某县{area}领域标准目录（{name}）",
        "issuer": OFFICE,
        "area": area,
        "version": f"{name}版",
        "published": f"{day} 09:00",
        "effective": day,
        "basis": "国办发〔2019〕54号",
        "disclosure": "主动公开",
        "table": f"{name}.csv",
        "summary": "公开什么。",
    }
    lines = "\n".join(f"{key}: {value}" for key, value in (values | more).items() if value)
    return f"---\n{lines}\n---\n\n按照上级要求编制。\n"


def policy(name: str, day: str, *rows: str, signed: str = "") -> dict[str, str | bytes]:
    """A policy that was published on a day under some rows."""
    text = (
        POLICY.replace("2021-07-15 09:30", f"{day} 09:30")
        .replace("2021-07-12", signed or day)
        .replace("某政办发〔2021〕5号", f"某政办发〔{day[:4]}〕{int(name[-3:])}号")
        .replace("关于做好节水工作", f"关于做好{name}号工作")
        .replace("kind: 通知", f"kind: 通知\ncatalog_rows: [{', '.join(rows)}]")
    )
    return {f"policies/{name[:4]}/{name}.md": text}


def county(folder: Path, *more: Mapping[str, str | bytes]) -> Path:
    """A county with the catalog of 安全生产, of three rows, and what else is given."""
    files: dict[str, str | bytes] = {
        **SOUND,
        "catalog/safety/2021-02.md": version(),
        "catalog/safety/2021-02.csv": table({f"safety-00{n}": {} for n in (1, 2, 3)}),
    }
    for given in more:
        files |= given
    return write_county(folder / "content", files)


def two_versions(
    then: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]], **more: str
) -> dict[str, str | bytes]:
    """Two versions of 安全生产: of February and of September 2021."""
    usual = {"replaces": "catalog/safety/2021-02"}
    return {
        "catalog/safety/2021-02.csv": table(then),
        "catalog/safety/2021-09.md": version("2021-09", "2021-09-01", **(usual | more)),
        "catalog/safety/2021-09.csv": table(now),
    }


def checked(content: Path, now: datetime = datetime(2021, 12, 31, 12, 0)) -> Checked:
    """The county at a moment."""
    return check_content(content, settings(now))


def told(content: Path, now: datetime = datetime(2021, 12, 31, 12, 0)) -> list[str]:
    """Every problem of the county, as editors read it."""
    return [str(problem) for problem in checked(content, now).problems]
