"""栏目: the tree of columns, what the office says of each, and how long one may be silent.

The tree is known before anybody writes it down: the blocks of 国办公开办函〔2019〕61号, the items
of 条例 20 and 21 (vocabulary `columns`) and the types of documents. `content/columns.csv` says on
top of that who keeps a column and how fast; it may add columns of its own.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType

from plugins.library.catalogs import area_of
from plugins.library.library import Library
from plugins.problems import Mark, Problem, Severity, gathered, some
from plugins.reading.names import COLUMNS, SHOWN, VOCABULARY_FOLDER
from plugins.reading.table import Row, Table
from plugins.records import BY_FOLDER, RECORD_TYPES, Block, Category, Publication
from plugins.workdays import Calendar

ROOT = "columns/"
"""The address of 政府信息公开; those of columns that are lists of their own begin with it."""
HOME, REGULATIONS, STATUTORY, SPECIAL = "home", "regulations", "statutory", "special"
ARTICLE_20, COUNTY, TOWN = "article-20", "county", "town"
STATUTORY_ROOT = f"{ROOT}{STATUTORY}/"
_FREE = frozenset({HOME, ARTICLE_20, COUNTY, TOWN, SPECIAL})
"""Columns that may be called otherwise: nothing else names them."""
_REGULATION = "中华人民共和国政府信息公开条例"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADER = (
    "编号", "名称", "上级栏目", "责任单位", "更新时限", "栏目类型", "公开依据", "关键词",
    "栏目说明", "空白说明", "不适用理由", "收录",
)  # fmt: skip
KINDS = (
    "首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南",
    "信息公开目录", "信息公开年报", "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切",
    "办事服务", "咨询投诉", "征集调查", "在线访谈",
)  # fmt: skip
"""ColumnType: the values of the annex of 国办发〔2017〕47号."""

_FIRST_ITEMS = (
    "policy", "organ", "plan", "stat", "permit", "penalty", "fiscal", "fee", "procure", "project",
    "welfare", "emergency", "safety", "recruit", "other",
)  # fmt: skip
"""Keys of the fifteen items of 条例 20, in its order."""
_NUMERALS = (
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五",
)  # fmt: skip


@dataclass(frozen=True)
class Limit:
    """更新时限: how long a column may be without a new item; `unit` 长期 has no end."""

    count: int
    unit: str

    def __str__(self) -> str:
        """As an editor writes it: 20个工作日."""
        return self.unit if self.unit == "长期" else f"{self.count}{self.unit}"

    def last_day(self, day: date, calendar: Calendar) -> date | None:
        """The last day on which a column whose newest item is of `day` is still fresh.

        The day itself is not counted. None: it never becomes stale. Raises UnknownYearError if
        工作日 of a year are asked for that are not known.
        """
        if self.unit == "长期":
            return None
        if self.unit == "个工作日":
            return calendar.add(day, self.count)
        if self.unit in _MONTHS:
            return _months_later(day, self.count * _MONTHS[self.unit])
        return day + timedelta(days=self.count * _DAYS[self.unit])


_DAYS = {"天": 1, "周": 7}
_MONTHS = {"个月": 1, "年": 12}
_WRITTEN = re.compile(r"([1-9]\d{0,3}) *(个工作日|工作日|天|日|周|个月|月|年)")
_UNITS = {"工作日": "个工作日", "日": "天", "月": "个月"}
FOREVER = Limit(0, "长期")
_TWO_WEEKS, _HALF_A_YEAR = Limit(2, "周"), Limit(6, "个月")
LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "首页": _TWO_WEEKS,
        "工作动态": _TWO_WEEKS,
        "信息公开指南": FOREVER,
        "信息公开年报": Limit(1, "年"),
        "依申请公开": FOREVER,
        "机构职能": FOREVER,
        "概况信息": FOREVER,
    }
)
"""Limits by ColumnType, where the table says none; all others: six months.

国办秘函〔2019〕19号: the home page and news columns two weeks, notices and policies six months.
"""


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_limit(text: str) -> Limit | None:
    """`20个工作日`, `14天`, `2周`, `6个月`, `1年`, `长期`; None for anything else."""
    if text == "长期":
        return FOREVER
    found = _WRITTEN.fullmatch(text)
    return Limit(int(found[1]), _UNITS.get(found[2], found[2])) if found else None


@dataclass(frozen=True)
class TreeColumn:
    """One column. `parent` is the key of the column above it, or empty at the top.

    `gathers`: the (index, value) of the catalogue under which its documents are listed.
    """

    key: str
    name: str
    parent: str
    description: str
    keywords: str
    kind: str
    law: str
    owner: str
    limit: Limit
    empty: str
    """Why there is nothing in it yet (空白说明)."""
    inapplicable: str
    """Why there never will be anything (不适用理由)."""
    gathers: tuple[tuple[str, str], ...]
    retired: bool = False
    """Its word is no longer used; what it holds stays where it is."""
    line: int = 1
    """Where it stands in the table."""


@dataclass(frozen=True)
class ColumnTree:
    """Every column in the order of the table, or of the law."""

    by_key: Mapping[str, TreeColumn]

    @cached_property
    def _children(self) -> Mapping[str, tuple[TreeColumn, ...]]:
        found: dict[str, list[TreeColumn]] = {}
        for column in self.by_key.values():
            found.setdefault(column.parent, []).append(column)
        return {key: tuple(columns) for key, columns in found.items()}

    def __getitem__(self, key: str) -> TreeColumn:
        return self.by_key[key]

    def under(self, key: str) -> tuple[TreeColumn, ...]:
        """The columns right under one; those at the top for an empty key."""
        return self._children.get(key, ())

    @property
    def leaves(self) -> tuple[TreeColumn, ...]:
        """The columns that hold documents: those with nothing under them, and no bare headings."""
        return tuple(c for c in self.by_key.values() if c.gathers and not self.under(c.key))

    @property
    def lists(self) -> tuple[TreeColumn, ...]:
        """The columns that are lists of their own, beside the blocks and the types of documents."""
        elsewhere = {HOME, REGULATIONS, *(block.name.lower() for block in Block), *BY_FOLDER}
        return tuple(column for column in self.leaves if column.key not in elsewhere)

    def list_url(self, column: TreeColumn) -> str:
        """The address of such a list; those of 条例 20 and 21 stand under 法定主动公开内容."""
        above = {one.key for one in self.above(column)}
        return f"{STATUTORY_ROOT if STATUTORY in above else ROOT}{column.key}/"

    def above(self, column: TreeColumn) -> tuple[TreeColumn, ...]:
        """The columns over one, the top one first."""
        chain: list[TreeColumn] = []
        while column.parent:
            column = self.by_key[column.parent]
            chain.insert(0, column)
        return tuple(chain)


def columns_of(library: Library) -> ColumnTree:
    """The tree of columns; what is wrong in the table is left out here and told by `faults_of`."""
    return library.once("columns", lambda: _read(library)[0])


def faults_of(library: Library) -> list[Problem]:
    """What an editor must mend in `content/columns.csv`."""
    return library.once("faults of columns", lambda: _read(library)[1])


_RETIRED = "栏目已经停用，不再更新"


@dataclass(frozen=True)
class _Known:
    """A column that is there whether or not the table has it."""

    name: str
    parent: str = ""
    description: str = ""
    kind: str = ""
    law: str = ""
    gathers: tuple[tuple[str, str], ...] = ()
    retired: bool = False


_BLOCKS: Mapping[Block, tuple[str, str, str]] = MappingProxyType(
    {
        Block.GUIDE: (
            "公开什么、到哪里查、怎么申请，政府信息公开工作机构怎么联系。",
            "信息公开指南",
            f"《{_REGULATION}》第十二条",
        ),
        Block.RULES: (
            "政府信息公开的法规、规章和本区工作制度。",
            "政策文件",
            "国办公开办函〔2019〕61号",
        ),
        Block.STATUTORY: (
            "机关职能、规划、财政、行政许可等依法主动公开的事项。",
            "信息公开目录",
            f"《{_REGULATION}》第二十条、第二十一条",
        ),
        Block.REPORTS: (
            "历年政府信息公开工作年度报告。",
            "信息公开年报",
            f"《{_REGULATION}》第四十九条、第五十条",
        ),
        Block.REQUEST: (
            "没有主动公开的政府信息，可以依法申请获取。",
            "依申请公开",
            f"《{_REGULATION}》第二十七条至第四十五条",
        ),
    }
)


def _known(library: Library) -> dict[str, _Known]:
    """Key → every column that the law, the vocabulary and the types of documents make."""
    known = {HOME: _Known("首页", kind="首页", gathers=_of_publications())}
    for block, (description, kind, law) in _BLOCKS.items():
        own = () if block is Block.STATUTORY else (("block", block.name),)
        known[block.name.lower()] = _Known(block.value, "", description, kind, law, own)
    article = f"《{_REGULATION}》第二十条"
    known[ARTICLE_20] = _Known("条例第二十条（十五项）", STATUTORY, law=article)
    article = f"《{_REGULATION}》第二十一条"
    known[COUNTY] = _Known("条例第二十一条（县级）", STATUTORY, law=article)
    known[TOWN] = _Known("条例第二十一条（乡镇）", STATUTORY, law=article)
    known[SPECIAL] = _Known("专项公开栏目")
    categories = (Category.REGULATION, Category.STATUTE)
    known[REGULATIONS] = _Known(
        "现行有效的法规规章",
        SPECIAL,
        "国家现行有效的行政法规，省、设区的市人民政府现行有效的规章。",
        "政策文件",
        f"《{_REGULATION}》第二十条第（一）项",
        tuple(("policies.category", category.value) for category in categories),
    )
    for record in RECORD_TYPES:
        if issubclass(record, Publication):
            kind = _KIND_OF_TYPE.get(record.folder, "政策文件")
            whole = (("of", record.folder),)
            known[record.folder] = _Known(record.label, "", record.purpose, kind, "", whole)
    for term in library.vocabularies["columns"].terms:
        lists = (("column", term.name), ("default-column", term.key))
        parent, law = _by_law(term.key)
        kind = _KIND_OF_ITEM.get(term.key, "")
        word = _Known(term.name, parent, term.note, kind, law, lists, term.retired)
        known.setdefault(term.key, word)
    return known


_KIND_OF_ITEM = {
    "policy": "政策文件",
    "organ": "机构职能",
    "plan": "政策文件",
    "stat": "数据发布",
    "permit": "办事服务",
}
_KIND_OF_TYPE = {"interpretations": "政策解读", "notices": "工作动态"}


def _of_publications() -> tuple[tuple[str, str], ...]:
    return tuple(("of", r.folder) for r in RECORD_TYPES if issubclass(r, Publication))


def _by_law(key: str) -> tuple[str, str]:
    """Where a word of the vocabulary belongs, and the place of the law that asks for it."""
    if key in _FIRST_ITEMS:
        item = _NUMERALS[_FIRST_ITEMS.index(key)]
        return ARTICLE_20, f"《{_REGULATION}》第二十条第（{item}）项"
    for prefix in (COUNTY, TOWN):
        if key.startswith(f"{prefix}-"):
            return prefix, f"《{_REGULATION}》第二十一条"
    return SPECIAL, ""


_NO_TABLE = Problem(
    f"{SHOWN}/{COLUMNS}",
    Mark(),
    "没有栏目表：网页上没有各栏目的责任单位和关键词，更新时限按栏目类型推定，"
    "没有自设的栏目，也没有从别的栏目收录的内容",
    f"新建这个文件，第一行写：{','.join(_HEADER)}；下面每个栏目一行，"
    "例如：policy,政策文件,,负责机构的全称,6个月",
    severity=Severity.REMINDER,
)


def _read(library: Library) -> tuple[ColumnTree, list[Problem]]:
    return _Reader(library).read()


class _Reader:
    """Lays the table over what is known, and notes what is wrong with it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known = _known(library)
        self._problems: list[Problem] = []
        self._table = library.table(COLUMNS) if library.has_file(COLUMNS) else None
        self._rows: dict[str, Row] = {}
        self._limits: dict[str, Limit] = {}
        self._knows_all = library.vocabularies["columns"].readable
        """Whether a name that is not known is wrong: not while the words cannot be read."""

    def read(self) -> tuple[ColumnTree, list[Problem]]:
        if self._table:
            self._problems += self._table.problems
            self._problems += self._table.header_problems(_HEADER, ("编号",))
            self._take_rows(self._table)
        else:
            self._problems.append(_NO_TABLE)
        keys = [*self._rows, *(key for key in self._known if key not in self._rows)]
        parents = {key: self._parent(key) for key in keys}
        for key in keys:
            if self._turns(key, parents):
                self._fault(key, "上级栏目", "上级栏目绕了一圈", "改正其中一行的上级栏目")
                parents[key] = ""
        tree: dict[str, TreeColumn] = {}
        for key in sorted(keys, key=lambda key: self._depth(key, parents)):
            tree[key] = self._column(key, tree.get(parents[key]))
        self._tell_forgotten()
        self._tell_taken()
        return ColumnTree({key: tree[key] for key in keys}), list(gathered(self._problems))

    # --- rows ---

    def _take_rows(self, table: Table) -> None:
        for row in table.rows if "编号" in table.header else ():
            key = table.cell(row, "编号")
            if not _KEY.fullmatch(key):
                message, remedy = f"“{key}”不能用在网址里", "编号只用小写英文字母、数字和减号"
                self._problems.append(table.problem(row, message, remedy, "编号"))
            elif key in self._rows:
                message = f"“{key}”写了两次（第 {self._rows[key].line} 行已有）"
                self._problems.append(table.problem(row, message, "改名，或删去一行", "编号"))
            else:
                self._rows[key] = row

    def _cell(self, key: str, name: str) -> str:
        row = self._rows.get(key)
        return self._table.cell(row, name) if self._table and row else ""

    def _fault(
        self, key: str, name: str, message: str, remedy: str, *, reminder: bool = False
    ) -> None:
        if self._table and key in self._rows:
            problem = self._table.problem(self._rows[key], message, remedy, name)
            self._problems.append(problem.as_reminder() if reminder else problem)

    def _tell_forgotten(self) -> None:
        """A word of the vocabulary that the table passes over has nobody to keep it."""
        if not self._table or self._table.problems:
            return
        words = self._library.vocabularies["columns"].terms
        forgotten = [t for t in words if t.key not in self._rows and not t.retired]
        if forgotten:
            several = len(forgotten) > 1
            message = (
                f"没有{some(f'“{t.name}”' for t in forgotten)}"
                f"{'这些' if several else '这个'}栏目，不知道由谁负责"
            )
            keys = some(t.key for t in forgotten)
            remedy = (
                f"{'各' if several else ''}加一行，编号写 {keys}"
                f"{'（词表：content/vocabularies/columns.yaml）' if several else ''}，"
                "并写明责任单位和更新时限"
            )
            problem = self._table.problem(None, message, remedy, "", Severity.REMINDER)
            self._problems.append(problem)

    def _tell_taken(self) -> None:
        """A word whose key is that of a column of the site would never be seen."""
        for term in self._library.vocabularies["columns"].terms:
            if self._known[term.key].name != term.name:
                self._problems.append(
                    Problem(
                        f"{SHOWN}/{VOCABULARY_FOLDER}/columns.yaml",
                        Mark(),
                        f"“{term.name}”的 key“{term.key}”是本站另一个栏目的编号",
                        "把 key 改成别的",
                    )
                )

    # --- places in the tree ---

    def _parent(self, key: str) -> str:
        known = self._known.get(key)
        written = self._cell(key, "上级栏目")
        if not written:
            return known.parent if known else SPECIAL
        if written in self._known or written in self._rows:
            return written
        if self._knows_all:
            near = get_close_matches(written, [*self._known, *self._rows], 1, 0.5)
            remedy = f"是不是想写：{near[0]}" if near else "写表中另一行的编号，或者不填"
            self._fault(key, "上级栏目", f"没有编号为“{written}”的栏目", remedy)
        return known.parent if known else SPECIAL

    @staticmethod
    def _turns(key: str, parents: Mapping[str, str]) -> bool:
        seen, above = {key}, parents[key]
        while above and above not in seen:
            seen.add(above)
            above = parents[above]
        return above == key

    @staticmethod
    def _depth(key: str, parents: Mapping[str, str]) -> int:
        depth = 0
        while key := parents[key]:
            depth += 1
        return depth

    # --- values ---

    def _column(self, key: str, above: TreeColumn | None) -> TreeColumn:
        known = self._known.get(key, _Known(""))
        name = self._name(key, known)
        kind = self._kind(key) or known.kind or (above.kind if above else "信息公开目录")
        return TreeColumn(
            key=key,
            name=name,
            parent=above.key if above else "",
            description=self._cell(key, "栏目说明") or known.description or name,
            keywords=",".join(re.split(r"[、，,;；\s]+", self._cell(key, "关键词"))),
            kind=kind,
            law=self._cell(key, "公开依据") or known.law,
            owner=self._owner(key) or (above.owner if above else ""),
            limit=self._limit(key, above) or LIMITS.get(kind, _HALF_A_YEAR),
            empty=self._cell(key, "空白说明"),
            inapplicable=self._cell(key, "不适用理由") or (_RETIRED if known.retired else ""),
            retired=known.retired,
            gathers=tuple(dict.fromkeys((*known.gathers, *self._also(key)))),
            line=self._rows[key].line if key in self._rows else 1,
        )

    def _name(self, key: str, known: _Known) -> str:
        written = self._cell(key, "名称")
        if not known.name and not written and self._knows_all:
            self._fault(key, "名称", "没有填写", "写上栏目的名称")
        fixed = known.name and key not in _FREE  # other places call it by this name
        if fixed and written and written != known.name:
            self._fault(
                key, "名称", f"与现有名称“{known.name}”不一致",
                "照现有名称填写，或者不填；法定公开栏目在词表 columns.yaml 里改名",
            )  # fmt: skip
            return known.name
        return written or known.name or key

    def _names(self, key: str) -> tuple[str, ...]:
        """What a column is called: in the table, and by the law."""
        known = self._known.get(key)
        return tuple(filter(None, (self._cell(key, "名称"), known.name if known else "")))

    def _kind(self, key: str) -> str:
        written = self._cell(key, "栏目类型")
        if written and written not in KINDS:
            near = get_close_matches(written, KINDS, 1, 0.5)
            remedy = f"是不是想写：{near[0]}" if near else f"可选：{'、'.join(KINDS)}"
            message = f"“{written}”不是国办发〔2017〕47号所列的栏目类型"
            self._fault(key, "栏目类型", message, remedy)
            return ""
        return written

    def _owner(self, key: str) -> str:
        written = self._cell(key, "责任单位")
        if written and not self._library.knows_organ(written):
            near = get_close_matches(written, self._library.organ_names(), 1, 0.6)
            remedy = (
                f"是不是想写：{near[0]}" if near else "写机构的全称，并在 content/organs/ 建页面"
            )
            self._fault(key, "责任单位", f"没有名为“{written}”的机构", remedy)
            return ""
        return written

    def _limit(self, key: str, above: TreeColumn | None) -> Limit | None:
        """The limit that is written for a column, or for the nearest above it."""
        written = self._cell(key, "更新时限")
        limit = parse_limit(written) if written else None
        if written and limit is None:
            message = f"“{written}”的写法不对"
            self._fault(key, "更新时限", message, "写成 20个工作日、2周、6个月、1年 或 长期")
        limit = limit or (self._limits.get(above.key) if above else None)
        if limit:
            self._limits[key] = limit
        return limit

    def _also(self, key: str) -> Iterator[tuple[str, str]]:
        """收录: what else stands here: other columns, kinds of 公告公示, rows of the catalog."""
        columns = {known.name: known for known in self._known.values() if known.gathers}
        notices = self._library.vocabularies["notice_kinds"]
        for word in filter(None, re.split(r"[、，,;；\s]+", self._cell(key, "收录"))):
            if word in {key, *self._names(key)} and word not in notices:
                remedy = "删去它；写上别的栏目的名称，或公告公示的类别"
                self._fault(key, "收录", f"“{word}”就是本栏目，不能收录自己", remedy)
            elif word in columns and word not in self._names(key):
                yield from columns[word].gathers
            elif word in notices:
                yield "notices.kind", word
            elif bound := self._catalog_key(word):
                yield bound
            else:
                self._tell_unknown(key, word, [*columns, *notices.names])

    def _catalog_key(self, word: str) -> tuple[str, str] | None:
        """The look-up of all rows of a 公开领域, by its name, or of one row, by its 编号."""
        areas = self._library.vocabularies["areas"]
        if word in areas:
            return "catalog-area", areas[word].key
        return ("catalog_rows", word) if area_of(word, self._library) else None

    def _tell_unknown(self, key: str, word: str, names: list[str]) -> None:
        vocabularies = self._library.vocabularies
        known = [*names, *vocabularies["areas"].names]
        if self._knows_all and all(vocabularies[n].readable for n in ("notice_kinds", "areas")):
            near = get_close_matches(word, known, 1, 0.5)
            remedy = (
                f"是不是想写：{near[0]}"
                if near
                else "写栏目的名称、公告公示的类别、公开领域的名称，或标准目录里事项的编号"
            )
            self._fault(key, "收录", f"没有名为“{word}”的栏目、公告公示类别或公开领域", remedy)
