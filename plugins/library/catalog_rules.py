"""What versions of the standard catalog and their tables must hold, and who may name their rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from plugins.library.catalogs import (
    Version,
    area_of,
    before,
    is_catalog,
    rows_by_id,
    table_of,
    versions,
)
from plugins.library.library import Library
from plugins.library.limits import limit_of
from plugins.library.lists import codes, out_of_place, readable, takes_a_download
from plugins.problems import Mark, Problem, Severity, gathered, some, with_lines
from plugins.reading import Document
from plugins.reading.names import SHOWN, VOCABULARY_FOLDER
from plugins.reading.table import Row, Table
from plugins.records import AdjustmentKind, Catalog, Publication, Record
from plugins.records.catalog import (
    AUDIENCE,
    COLUMNS,
    LEVELS,
    MANNER,
    MAY_BE_EMPTY,
    ROW_ID,
    values_of,
)
from plugins.settings import Settings

REMINDER = Severity.REMINDER
RESERVED = ("rows", "find", "evaluation")
"""Addresses under catalog/ that are no area's."""
DOWNLOADS = ("catalog.csv", "catalog.xlsx")
"""Names of the files that a version's page offers for download."""
_GENERAL = re.compile(
    r"各|相关|有关|主管|部门|单位|机关|机构|企业|学校|医院|招标人|采购人|征收人|"
    r"乡镇|街道|社区|村(?:民|委|集体)|政府$|委员会$"
)
"""Words for bodies of which a county has many, or which are none of its organs."""
_TRIED = 8
"""How many unknown words of a table are likened to known ones."""
_DETAIL = re.compile(r"[（(].*?[）)]$")
_WHAT = ("一级事项", "二级事项")

_KINDS_OF = {
    "新增": (AdjustmentKind.ADDED, AdjustmentKind.MERGED, AdjustmentKind.SPLIT),
    "取消": (AdjustmentKind.CANCELLED, AdjustmentKind.MERGED, AdjustmentKind.SPLIT),
    "变更": (AdjustmentKind.CHANGED, AdjustmentKind.MERGED, AdjustmentKind.SPLIT),
}
"""What happened to a row in the tables → the kinds of adjustment that may tell of it."""


def areas_have_free_keys(library: Library, _: Settings) -> Iterator[Problem]:
    """No area's key is an address that the catalog's own pages have."""
    for term in library.vocabularies["areas"].terms:
        if term.key in RESERVED:
            yield Problem(
                f"{SHOWN}/{VOCABULARY_FOLDER}/areas.yaml",
                Mark(),
                f"“{term.name}”的 key 不能是 {term.key}，这个地址留给目录的其他网页用",
                f"换一个 key，例如：{term.key}-area",
            )


def catalogs_are_sound(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """A version stands in its place, its rows are whole, and its changes are told."""
    if not is_catalog(document):
        return
    yield from _place_faults(document, library)
    yield from _neighbour_faults(document, library)
    faults = _table_faults(document, library, settings)
    yield from (p.as_reminder() for p in faults) if document.record.draft else faults


def _table_faults(version: Version, library: Library, settings: Settings) -> Iterator[Problem]:
    table = table_of(version, library)
    yield from table.problems
    if table.header and not table.problems:
        missing = list(_column_faults(table))
        yield from missing
        if not missing:
            yield from _row_faults(version, table, library, settings)
            yield from _adjustment_faults(version, library)


def _place_faults(version: Version, library: Library) -> Iterator[Problem]:
    yield from out_of_place(version, "area", f"{version.record.area}领域的目录", library, "areas")
    yield from takes_a_download(version, DOWNLOADS)


def _neighbour_faults(version: Version, library: Library) -> Iterator[Problem]:
    record = version.record
    for other in versions(record.area, library):
        if other.id < version.id and other.record.effective == record.effective:
            yield version.problem(
                "effective",
                f"与 {other.id} 同一天施行，分不出先后",
                "核对两版的施行日期；同一天改了又改的，合成一版",
            )
    earlier = before(version, library)
    if record.replaces and (earlier is None or earlier.id != record.replaces):
        if library.get(record.replaces):
            yield version.problem(
                "replaces",
                f"{record.replaces} 不是同一领域紧接在前的一版",
                f"写成：{earlier.id}" if earlier else "删去这一行，或核对两版的领域和施行日期",
            )
    elif earlier and not record.replaces:
        yield version.problem(
            "replaces",
            "没有写接替哪一版",
            f"加一行 replaces: {earlier.id}",
            REMINDER,
        )


# --- The table ------------------------------------------------------------------------------------


def _column_faults(table: Table) -> Iterator[Problem]:
    missing = [name for name in COLUMNS if name not in table.places]
    others = [name for name in table.header if name not in COLUMNS]
    for name in missing:
        near = get_close_matches(name, others, 1, 0.5)
        remedy = f"把“{near[0]}”改成“{name}”" if near else f"第一行加一列“{name}”"
        yield table.problem(None, f"没有“{name}”这一列", remedy, name)
    if not missing and not table.rows:
        yield table.problem(None, "目录里一项也没有", "从第二行起，每个事项写一行")


def _row_faults(
    version: Version, table: Table, library: Library, settings: Settings
) -> Iterator[Problem]:
    yield from _id_faults(version, table, library)
    for row in table.rows:
        for name in COLUMNS:
            if not table.cell(row, name) and name not in MAY_BE_EMPTY:
                yield table.problem(row, "是空的", "补上；确实没有的写明原因", name)
    yield from gathered(
        problem for row in table.rows for problem in _word_faults(table, row, library)
    )
    yield from _body_faults(table, library)
    yield from _limit_faults(table)
    yield from _code_faults(table, library, settings)


def _lines_of(table: Table, name: str, *, split: bool = True) -> dict[str, list[int]]:
    """Each value of a column with the lines on which it stands, in the table's order."""
    found: dict[str, list[int]] = {}
    for row in table.rows:
        cell = table.cell(row, name)
        for value in dict.fromkeys(values_of(cell) if split else filter(None, [cell])):
            found.setdefault(value, []).append(row.line)
    return found


def _at_first(problem: Problem, found: dict[str, list[int]]) -> Problem:
    """The one problem of all these values, at the first of their lines."""
    return replace(problem, mark=Mark(min(min(lines) for lines in found.values())))


def _meant(found: Iterable[str], known: Collection[str], cutoff: float) -> str:
    """What the first few unknown words may mean: 是不是想写：甲→甲局、乙→乙所."""
    listed = list(found)
    near = {word: get_close_matches(_plain(word), known, 1, cutoff) for word in listed[:_TRIED]}
    guesses = [(word, close[0]) for word, close in near.items() if close]
    if not guesses:
        return ""
    if len(listed) == 1:
        return f"是不是想写：{guesses[0][1]}"
    return f"是不是想写：{'、'.join(f'{word}→{close}' for word, close in guesses)}"


def _code_faults(table: Table, library: Library, settings: Settings) -> Iterator[Problem]:
    known = codes(library, settings) if readable(library, settings) else frozenset()
    found = _lines_of(table, "关联事项") if known else {}
    gone = {code: lines for code, lines in found.items() if code not in known}
    if gone:
        meant = _meant(gone, known, 0.7)
        problem = table.problem(
            None,
            f"现行清单里没有{with_lines(gone)}，可能已经取消",
            f"{meant}；清单里确实取消了的，相应调整目录"
            if meant
            else "核对权责清单和公共服务事项清单，相应调整目录",
            "关联事项",
            REMINDER,
        )
        yield _at_first(problem, gone)


def _id_faults(version: Version, table: Table, library: Library) -> Iterator[Problem]:
    key = version.id.split("/")[1]
    first: dict[str, int] = {}
    for row in table.rows:
        row_id = table.cell(row, ROW_ID)
        if not row_id:
            continue  # told as an empty cell
        if not re.fullmatch(rf"{re.escape(key)}-\d{{3,4}}", row_id):
            yield table.problem(
                row, f"“{row_id}”不是这个领域的编号", f"写成 {key}-001 的样子", ROW_ID
            )
        if row_id in first:
            yield table.problem(
                row,
                f"“{row_id}”与第 {first[row_id]} 行重复",
                "核对两行，给其中一项编新号；用过的编号不能再用",
                ROW_ID,
            )
        first.setdefault(row_id, row.line)
    yield from _reused(version, table, library)


def _reused(version: Version, table: Table, library: Library) -> Iterator[Problem]:
    """编号 that were cancelled and come back, or that stay, for something else."""
    odd: dict[str, tuple[int, str]] = {}
    found = versions(version.record.area, library)
    earlier = found[[other.id for other in found].index(version.id) + 1 :]
    for row_id, row in rows_by_id(version, library).items():
        having = [other for other in earlier if row_id in rows_by_id(other, library)]
        if not having:
            continue
        last = having[0]
        old, then = table_of(last, library), rows_by_id(last, library)[row_id]
        same = all(old.cell(then, name) == table.cell(row, name) for name in _WHAT)
        was = "、".join(filter(None, (old.cell(then, name) for name in _WHAT)))
        if not same and last is not earlier[0]:
            yield table.problem(
                row,
                f"“{row_id}”在 {last.id} 里是“{was}”，已经取消，不能再用于别的事项",
                "编一个没有用过的号",
                ROW_ID,
            )
        elif not same and _is_another(old, then, table, row):
            odd[row_id] = row.line, was
    if odd:
        told = (f"“{row_id}”（第 {line} 行）是“{was}”" for row_id, (line, was) in odd.items())
        problem = table.problem(
            None,
            f"在上一版里，{some(told)}，像是另一件事",
            "确是同一事项的不用改；不是的，编一个没有用过的号",
            ROW_ID,
            REMINDER,
        )
        yield replace(problem, mark=Mark(min(line for line, _ in odd.values())))


def _is_another(old: Table, then: Row, table: Table, row: Row) -> bool:
    names = (*_WHAT, "公开内容（要素）")
    return all(old.cell(then, name) != table.cell(row, name) for name in names)


def _word_faults(table: Table, row: Row, library: Library) -> Iterator[Problem]:
    """公开对象, 公开方式 are one word each, 公开层级 at least one, 渠道 are in the word list."""
    for name, words in (("公开对象", AUDIENCE), ("公开方式", MANNER)):
        chosen = values_of(table.cell(row, name))
        yield from _unknown(table, row, name, chosen, words)
        if len(chosen) > 1:
            yield table.problem(row, "只能选一个", f"写成其中之一：{'、'.join(words)}", name)
    yield from _unknown(table, row, "公开层级", values_of(table.cell(row, "公开层级")), LEVELS)
    channels = library.vocabularies["channels"]
    if channels.readable:
        name = "公开渠道和载体"
        where = "（词表：content/vocabularies/channels.yaml）"
        chosen = values_of(table.cell(row, name))
        yield from _unknown(table, row, name, chosen, channels.names, where)


def _unknown(  # noqa: PLR0913, PLR0917  # a place in a table, and what may stand there
    table: Table,
    row: Row,
    name: str,
    chosen: list[str],
    words: Collection[str],
    where: str = "",
) -> Iterator[Problem]:
    for value in chosen:
        if _plain(value) not in words and value not in words:
            near = get_close_matches(value, words, 1, 0.4)
            near = near or [word for word in words if value in word or word in value]
            remedy = f"是不是想写：{near[0]}" if near else f"可选：{'、'.join(words)}{where}"
            yield table.problem(row, f"“{value}”不在可选范围内", remedy, name)


def _body_faults(table: Table, library: Library) -> Iterator[Problem]:
    found = _lines_of(table, "公开主体")
    unknown = {body: lines for body, lines in found.items() if not knows_body(body, library)}
    if unknown:
        meant = _meant(unknown, _body_names(library), 0.5)
        problem = table.problem(
            None,
            f"没有名为{with_lines(unknown)}的机构",
            meant if meant else "写机构的全称或简称",  # noqa: FURB110  # as `make reference` reads it
            "公开主体",
            REMINDER,
        )
        yield _at_first(problem, unknown)


def knows_body(name: str, library: Library) -> bool:
    """Whether a 公开主体 is a 机构, by its full or short name, or a general word for several."""
    plain = _plain(name)
    known = library.knows_organ(plain) or library.look_up("short_name", plain)
    return bool(known or _GENERAL.search(plain))


def _plain(name: str) -> str:
    """A word without what stands in brackets behind it."""
    return _DETAIL.sub("", name)


def _body_names(library: Library) -> list[str]:
    return [*library.values("short_name"), *library.organ_names()]


def _limit_faults(table: Table) -> Iterator[Problem]:
    found = _lines_of(table, "公开时限", split=False)
    if odd := {text: lines for text, lines in found.items() if limit_of(text) is None}:
        problem = table.problem(
            None,
            f"看不懂{with_lines(odd)}，只能按20个工作日计算",
            "写成：自信息形成或者变更之日起20个工作日内、7个工作日内、及时公开、长期公开、"
            "每季度、每年3月31日前……",
            "公开时限",
            REMINDER,
        )
        yield _at_first(problem, odd)


# --- What was adjusted ----------------------------------------------------------------------------


def happened(version: Version, library: Library) -> dict[str, str]:
    """编号 → 新增, 取消 or 变更, of every row that differs from the version before.

    Rows of the new version stand first, in its order. A first version has no changes.
    """
    earlier = before(version, library)
    if earlier is None:
        return {}
    new, old = table_of(version, library), table_of(earlier, library)
    now, then = rows_by_id(version, library), rows_by_id(earlier, library)
    found: dict[str, str] = {}
    for row_id, row in now.items():
        if row_id not in then:
            found[row_id] = "新增"
        elif any(new.cell(row, name) != old.cell(then[row_id], name) for name in COLUMNS):
            found[row_id] = "变更"
    return found | {row_id: "取消" for row_id in then if row_id not in now}


def _adjustment_faults(version: Version, library: Library) -> Iterator[Problem]:
    """What the tables show is told in `adjustments`, and the other way round."""
    if before(version, library) is None:
        return
    found = happened(version, library)
    told = {adjustment.row for adjustment in version.record.adjustments}
    untold = {row_id: what for row_id, what in found.items() if row_id not in told}
    if untold:
        row_id, what = next(iter(untold.items()))
        kinds = (
            (kind, [i for i, done in untold.items() if done == kind])
            for kind in dict.fromkeys(untold.values())
        )
        listed = "，".join(f"{kind}了 {some(ids)}" for kind, ids in kinds)
        yield version.problem(
            "adjustments",
            f"与上一版相比{listed}，没有说明",
            f"{'各' if len(untold) > 1 else ''}加一项 "
            f"- row: {row_id}，kind: {what}，basis: 调整的依据",
            REMINDER,
        )
    yield from _told_wrongly(version, found, library)


def _told_wrongly(version: Version, found: dict[str, str], library: Library) -> Iterator[Problem]:
    """Adjustments that do not fit the tables, or name bodies that nobody knows."""
    unchanged: list[int] = []
    strangers: dict[str, list[int]] = {}
    adjustments = version.record.adjustments
    for place, adjustment in enumerate(adjustments):
        what = found.get(adjustment.row, "")
        if not what:
            unchanged.append(place)
        elif adjustment.kind not in _KINDS_OF[what]:
            yield version.problem(
                ("adjustments", place, "kind"),
                f"写的是“{adjustment.kind.value}”，表格里 {adjustment.row} 是{what}",
                f"写成：{'、'.join(kind.value for kind in _KINDS_OF[what])}之一，或改正表格",
                REMINDER,
            )
        if adjustment.proposer and not knows_body(adjustment.proposer, library):
            strangers.setdefault(adjustment.proposer, []).append(place)
    if unchanged:
        ids = some(adjustments[place].row for place in unchanged)
        yield version.problem(
            ("adjustments", unchanged[0], "row"),
            f"两版的表格里 {ids} 没有变动",
            "核对编号；没有变动的删去这一项",
            REMINDER,
        )
    if strangers:
        way = ("adjustments", min(min(places) for places in strangers.values()), "proposer")
        lines = {
            name: [version.mark("adjustments", place, "proposer").line for place in places]
            for name, places in strangers.items()
        }
        yield version.problem(
            way, f"没有名为{with_lines(lines)}的机构", "写机构的全称或简称", REMINDER
        )


# --- Who names rows -------------------------------------------------------------------------------


def catalog_rows_are_known(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Every row that a document names is, or once was, in some version of its area's catalog."""
    del settings  # a rule
    if not issubclass(document.kind, Publication):
        return
    named = document.record.catalog_rows  # type: ignore[attr-defined]
    if not named or any(i.startswith(f"{Catalog.folder}/") for i in library.unread):
        return
    if not library.vocabularies["areas"].readable:
        return  # no area is known, and so no row
    for place, row_id in enumerate(named):
        area = area_of(row_id, library)
        if any(row_id in rows_by_id(version, library) for version in versions(area, library)):
            continue
        near = get_close_matches(row_id, _all_ids(library), 1, 0.6)
        yield document.problem(
            ("catalog_rows", place),
            f"标准目录里没有“{row_id}”",
            f"是不是想写：{near[0]}" if near else "照目录表格写事项的编号，例如：safety-003",
        )


def _all_ids(library: Library) -> list[str]:
    ids = {row_id for version in library.of(Catalog) for row_id in rows_by_id(version, library)}
    return sorted(ids)
