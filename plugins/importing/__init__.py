"""`make import`: a standard catalog as counties have it (xlsx, CSV) → a version in the content.

The table is written beside the skeleton of its document; whatever was not understood goes into a
report beside the source, with its place and its text, so that nothing is lost.
"""

from __future__ import annotations

import csv
import re
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.checking import settings_from
from plugins.folders import CONF
from plugins.importing.heads import CONTENT, FIRST, Head, find_head
from plugins.importing.numbering import numbered
from plugins.importing.rows import Finding, Imported, import_sheet
from plugins.importing.sheets import CannotReadError, Sheet, read_sheets
from plugins.problems import StoppedError
from plugins.reading.names import SHOWN, VOCABULARY_FOLDER
from plugins.reading.table import read_table
from plugins.records import Catalog, Vocabularies
from plugins.records.catalog import COLUMNS
from plugins.records.fields import choices_advice
from plugins.starting import skeleton, vocabularies_in
from plugins.tables import as_csv

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping

_VERSION = re.compile(r"\d{4}-\d{2}")
_SHOWN = 20
"""How many kinds of findings are printed; the report has every cell."""
_PLACES = 6
_REPORT = ("表", "位置", "行", "列名", "原文", "说明")


class CannotImportError(StoppedError):
    """Nothing was written; the text says why, and how to mend it."""


def command(options: argparse.Namespace) -> int:
    """Import one sheet and say what came of it: the target `import`."""
    content = Path(getattr(options, "content", None) or SHOWN)
    try:
        told = run(options.file, options.area, options.version, options.sheet, content)
    except CannotImportError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(told)
    return 0


def run(file: Path, area: str, version: str | None, sheet: str | None, content: Path) -> str:
    """Import one sheet of a file; what to tell the person who asked for it.

    Raises:
        CannotImportError: nothing was written.
    """
    if not (content / VOCABULARY_FOLDER).is_dir():
        raise CannotImportError(f"找不到内容文件夹 {content}", "在项目文件夹里运行")
    vocabularies = vocabularies_in(content)
    key = _area_key(area, vocabularies)
    name = _version_name(version)
    folder = content / Catalog.folder / key
    target = folder / f"{name}.csv"
    if target.exists():
        raise CannotImportError(
            f"{target.as_posix()} 已经存在，没有改动它",
            "换一个版本，例如 --version 2021-07；确实要重新导入的，先把旧表格移走",
        )
    found, head = _the_catalog(_read(file, content), sheet)
    imported = import_sheet(found, head, vocabularies["channels"].names)
    if not imported.rows:
        raise CannotImportError(f"表“{found.name}”里没有找到事项", "看看表头下面有没有内容")
    rows = numbered(key, imported.rows, _earlier(folder))
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(_table(rows), "utf-8", newline="\n")
    report = file.with_name(f"{file.stem}-{key}-{name}-导入报告.csv")
    report.write_bytes(as_csv(_REPORT, map(_line, imported.findings)))
    document = folder / f"{name}.md"
    made = not document.exists()
    if made:
        title = next(
            (n for n in vocabularies["areas"].names if vocabularies["areas"][n].key == key), key
        )
        known = {"area": title, "table": target.name}
        document.write_text(skeleton(Catalog, vocabularies, known), "utf-8", newline="\n")
    return _told(imported, target, report, document, made=made)


def _read(file: Path, content: Path) -> list[Sheet]:
    if file.resolve().is_relative_to(content.resolve()):
        raise CannotImportError(
            f"{file.name} 放在内容文件夹里，会被当作要发布的文件", "移到别的文件夹再导入"
        )
    try:
        return read_sheets(file.name, file.read_bytes())
    except OSError:
        raise CannotImportError(f"找不到或打不开文件 {file}", "核对文件的位置和名称") from None
    except CannotReadError as error:
        message, _, remedy = str(error).partition("。")
        raise CannotImportError(f"{file.name}：{message}", remedy) from None


def _the_catalog(sheets: list[Sheet], wanted: str | None) -> tuple[Sheet, Head]:
    """The sheet that is asked for, or the only one that holds a catalog."""
    found = [(sheet, head) for sheet in sheets if (head := find_head(sheet))]
    if not found:
        raise CannotImportError(
            "没有找到标准目录的表头",
            f"表头里至少要有“{FIRST}”“{CONTENT}”和“公开依据”“公开时限”“公开主体”中的两个",
        )
    names = "、".join(sheet.name for sheet, _ in found)
    if wanted:
        chosen = [(sheet, head) for sheet, head in found if sheet.name == wanted]
        if not chosen:
            raise CannotImportError(f"没有名为“{wanted}”的目录表", f"写成其中之一：{names}")
        return chosen[0]
    if len(found) > 1:
        raise CannotImportError(
            f"这个工作簿里有 {len(found)} 张目录表：{names}",
            f"一张一张地导入，例如加上 --sheet {found[0][0].name}，并写对各自的领域",
        )
    return found[0]


def _area_key(written: str, vocabularies: Vocabularies) -> str:
    areas = vocabularies["areas"]
    keys = {areas[name].key: name for name in areas.names}
    if written in keys:
        return written
    if written in areas:
        return areas[written].key
    raise CannotImportError(
        f"没有“{written}”这个领域", choices_advice(written, areas.names, areas.name)
    )


def _version_name(written: str | None) -> str:
    name = written or f"{settings_from(CONF).now:%Y-%m}"
    if not _VERSION.fullmatch(name):
        raise CannotImportError(f"版本“{name}”的写法不对", "写成年和月，例如 2021-01")
    return name


def _earlier(folder: Path) -> list[list[Mapping[str, str]]]:
    """The rows of all versions that are there, the newest first."""
    versions: list[list[Mapping[str, str]]] = []
    for path in sorted(folder.glob("*.csv"), reverse=True):
        table = read_table(path.name, path.read_bytes())
        if table.problems:
            raise CannotImportError(
                f"读不懂已有的版本 {path.as_posix()}，没法沿用其中的编号",
                "先执行 python -m plugins check，照提示改好",
            )
        versions.append([dict(zip(table.header, row.cells, strict=True)) for row in table.rows])
    return versions


def _table(rows: Iterable[Mapping[str, str]]) -> str:
    """The text of a catalog's CSV file, just as its cells are: it is read by us, and by editors."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row[column] for column in COLUMNS] for row in rows)
    return out.getvalue()


def _line(finding: Finding) -> tuple[str, ...]:
    row = str(finding.row)
    return (finding.sheet, finding.place, row, finding.label, finding.text, finding.message)


def _told(imported: Imported, target: Path, report: Path, document: Path, *, made: bool) -> str:
    first, last = imported.lines[0], imported.lines[-1]
    total = imported.above + imported.heads + imported.notes + imported.empty + len(imported.rows)
    counts = (
        f"表“{imported.sheet}”共 {total} 行：表头以上 {imported.above} 行、"
        f"表头 {imported.heads} 行、事项 {len(imported.rows)} 行（第 {first} 至 {last} 行）、"
        f"说明 {imported.notes} 行、空行 {imported.empty} 行。"
    )
    lines = [counts, f"已写 {target.as_posix()}：{len(imported.rows)} 项，一项不少。"]
    alike = list(_alike(imported.findings))
    lines += [f"  {line}" for line in alike[:_SHOWN]]
    if len(alike) > _SHOWN:
        lines.append(f"  ……还有 {len(alike) - _SHOWN} 种")
    if imported.findings:
        lines.append(f"要人看的 {len(imported.findings)} 处，连同原文，都在 {report}")
    else:
        lines.append(f"全部看懂，没有要人看的地方（{report} 里没有内容）。")
    if made:
        lines.append(f"已新建 {document.as_posix()}：打开它，填好“必填”各项，再执行检查。")
    else:
        lines.append(f"{document.as_posix()} 已经有了，没有改动它。")
    return "\n".join(lines)


def _alike(findings: Iterable[Finding]) -> Iterator[str]:
    """One line for all cells of which the same is said: where they are, what it is, a text."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        what = finding.message.partition("：")[0]
        groups.setdefault((finding.sheet, finding.label, what), []).append(finding)
    for (sheet, _, what), found in groups.items():
        places = "、".join(finding.place for finding in found[:_PLACES])
        many = f"等 {len(found)} 处" if len(found) > _PLACES else ""
        messages = {finding.message for finding in found}
        texts = list(dict.fromkeys(finding.text for finding in found if finding.text))
        example = f"（{'' if len(texts) == 1 else '例如：'}{_short(texts[0])}）" if texts else ""
        said = messages.pop() if len(messages) == 1 else what
        yield f"{sheet}!{places}{many}：{said}{example}"


def _short(text: str, longest: int = 40) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= longest else f"{line[:longest]}……"
