"""`make reference`: the parts of the documentation that are made from the code.

`docs/fields.md` and `docs/schema/` come from the records and registers, `docs/commands.md` from the
command line's table. `docs/checks.md` lists what the checks say to editors: the sentences are found
in the source itself, so that none can be forgotten; only the headings above them are written here.
"""

from __future__ import annotations

import ast
import html
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from plugins.library.rules import RULES, DocumentRule, LibraryRule
from plugins.problems import Severity
from plugins.reading.document import model_at
from plugins.records import RECORD_TYPES, Record
from plugins.records.fields import declared
from plugins.records.registers import REGISTERS, Row
from plugins.records.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    import argparse

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

ROOT = Path(__file__).parent.parent
_NOTE = "\n<!-- 本文件由 make reference 从代码生成，请勿手工修改。 -->\n"
_ELLIPSIS = "……"
_MOMENT = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

RULE_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "references_resolve": "写到的文件编号都有对应的文件，放得对，并且公开",
        "topic_facets_are_known": "文件写的专题方面，专题文件里都有",
        "organs_are_known": "写到的机构都有页面，或者在上级机关名单里",
        "both_sides_agree": "两边都写了的关系要一致",
        "numbers_are_unique": "发文字号、索引号不重复",
        "organ_names_are_unique": "机构名称不重复",
        "days_are_in_order": "成文、印发、发布的日期先后合理",
        "publishing_is_timely": "自成文起20个工作日内公开",
        "codes_belong_to_issuers": "机关代字、索引号与发文机关相符",
        "links_lead_somewhere": "正文里的链接都有去处",
        "attachments_lie_beside": "附件都在",
        "answers_are_offered": "每份文件都有可以咨询的机构和电话",
        "interpretations_are_whole": "政策解读五项内容齐全",
        "plans_stand_under_their_like": "上位规划的层级不低，接续的规划是同类的上一期",
        "answers_rest_on_their_basis": "政策问答写到的条款都在，条文与原文一致",
        "follow_ups_follow": "延伸、补充解读接在所接续的解读之后，解读同样的文件",
        "media_have_alternatives": "视频、音频有文字稿，图解有文字说明",
        "withheld_answers_agree": "主动公开的文件不写不公开的理由",
        "official_texts_agree": "法规规章的正文与官方文本一致",
        "lists_are_sound": "清单各版放得对，表格能读、能逐版比较",
        "catalogs_are_sound": "标准目录各版放得对，各事项要素齐全、编号不重用，调整有说明",
        "catalog_rows_are_known": "写到的标准目录事项都有",
        "issues_are_sound": "公报期号连续，刊登的文件公开、是本区的、排列有序，不重复",
        "frozen_issues_stay": "定版的公报，文字和 PDF 都没有变",
        "outward_links_are_listed": "正文里链接的外站用域名，都在名单里",
        "relations_have_no_cycle": "废止、修改、延伸解读、上位规划、接续的规划、上级机构不绕圈",
        "files_are_used": "没有用不到的文件",
        "addresses_live_on": "公开过的网址都还在，或者写明了去向",
        "dates_are_honest": "发布日期不早于实际上网日期，否则写明补发原因；发布版视为错误",
        "redirects_lead_somewhere": "网址的去向真实存在，不绕圈，不转两次",
        "other_outward_links_are_listed": "各种清单、设置里链接的外站也是这样",
        "areas_have_free_keys": "公开领域的英文编号不占用网站自己的地址",
        "gazettes_are_complete": "全年的行政规范性文件都刊登在公报上，或者写明理由",
        "published_issues_are_frozen": "出版了的公报已经定版",
        "units_have_one_liaison": "每个发文单位有一位在任的公报联络员",
        "submissions_agree": "公报报送台账与文件、联络员一致，不重复登记",
    }
)
"""What each rule across files sees to, in one line for editors."""

SOURCES: tuple[tuple[str, str], ...] = (
    ("reading/decoding.py", "文件编码"),
    ("reading/front_matter.py", "文件头"),
    ("reading/document.py", "文件名，各项的有无"),
    ("records/fields.py", "各项的写法"),
    ("records/base.py", "各项之间：所有文件"),
    ("records/policy.py", "各项之间：政策文件"),
    ("records/list_version.py", "各项之间：清单"),
    ("records/catalog.py", "各项之间：标准目录"),
    ("records/interpretation.py", "各项之间：政策解读"),
    ("records/question.py", "各项之间：政策问答"),
    ("reading/markup.py", "正文：写法"),
    ("reading/form.py", "正文：标题、链接、图片"),
    ("reading/tables.py", "正文：表格"),
    ("reading/table.py", "CSV 表格"),
    ("reading/wording.py", "正文：公文用字和序号"),
    ("reading/leaks.py", "个人信息和附件"),
    ("reading/data.py", "词表、工作日、放行名单"),
    ("reading/office.py", "网址的去向、政策咨询窗口、可以链接的网站"),
    ("consult/__init__.py", "政策咨询窗口的渠道"),
    ("reading/tree.py", "内容文件夹"),
    ("records/topic.py", "各项之间：专题"),
    ("topics/__init__.py", "专题的六个栏目和专题方面"),
    ("plans/__init__.py", "规划期的空缺"),
    ("enterprise/__init__.py", "企业政策"),
    ("records/issue.py", "各项之间：政府公报"),
    ("records/package.py", "各项之间：政策包"),
    ("packages/__init__.py", "政策包里的文件"),
    ("library/columns.py", "栏目表：写法"),
    ("reading/registers.py", "公报联络员、报送台账：写法"),
    ("records/registers.py", "公报联络员、报送台账：各列之间"),
    ("library/registers.py", "公报联络员、报送台账：单位"),
    ("columns/__init__.py", "栏目表：不适用的栏目"),
    ("columns/bound.py", "栏目表：收录的标准目录事项"),
    ("questions/__init__.py", "政策问答的复核"),
    ("comparisons/__init__.py", "新旧政策差异"),
    ("documents/printing.py", "打印版"),
    ("feeds/__init__.py", "订阅和数据"),
    ("catalog/__init__.py", "标准目录的公开时限"),
)
"""The modules that speak to editors about one file, and what they speak of."""

SPEAKERS: Mapping[str, int] = MappingProxyType(
    {
        "problem": 1,
        "Problem": 2,
        "_body_problem": 2,
        "_redirect_problem": 1,
        "_cycles": 3,
        "_fault": 2,
        "Fault": 1,
        "Slip": 1,
        "fault": 0,
    }
)
"""Functions by which the code speaks to editors → place of the message; the remedy is the next."""


def command(_options: argparse.Namespace) -> int:
    """Write every generated file of the documentation anew: the target `reference`."""
    for name, text in render().items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写 {name}")
    return 0


def render() -> dict[str, str]:
    """Every generated file: its path in the project and its text."""
    return {
        "docs/fields.md": fields(),
        "docs/checks.md": checks(),
        "docs/commands.md": commands(),
        **{f"docs/schema/{record.folder}.json": schema(record) for record in RECORD_TYPES},
    }


# --- Fields ---------------------------------------------------------------------------------------


def fields() -> str:
    """One table for each record type, each group of values inside it, and each register."""
    parts = ["# 字段表\n", _NOTE, _FIELDS_INTRO]
    for record in RECORD_TYPES:
        parts.append(f"\n## {record.label}（content/{record.folder}/）\n\n{record.purpose}\n")
        parts.append(_field_table(record))
        for key, info, _ in declared(record):
            part = model_at(record, (key,))
            if part is not record:
                parts.append(f"\n### {record.label}：{info.title}（{key}）\n")
                parts.append(_field_table(part))
    for register in REGISTERS:
        parts.append(f"\n## {register.label}（content/{register.file}）\n\n{register.purpose}\n")
        parts.append(_column_table(register))
    parts.append("\n## 词表\n\n| 词表 | 文件 |\n| --- | --- |\n")
    parts += [
        f"| {label} | `content/vocabularies/{name}.yaml` |\n"
        for name, label in VOCABULARIES.items()
    ]
    return "".join(parts)


_FIELDS_INTRO = """
文件头里每一行写作“字段: 值”，冒号是英文冒号，后面空一格。
“必填”的项每个文件都要有；其他各项用得着才写。标“清单”的可以写多项，每项另起一行，以“- ”开头。
标“内部”的只留在文件里，不会出现在网站上。怎样写成一个完整的文件，见[编辑手册](handbook.md)。
"""


def _field_table(model: type[BaseModel]) -> str:
    return _FIELDS_HEAD + "".join(f"| {' | '.join(row)} |\n" for row in _field_rows(model))


def _column_table(register: type[Row]) -> str:
    """The columns of a register: what its fields are called in the code is nothing to editors."""
    return _COLUMNS_HEAD + "".join(f"| {' | '.join(row[1:])} |\n" for row in _field_rows(register))


def _field_rows(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    for key, info, note in declared(model):
        marks = "、".join([*_forms(info), *(["内部"] if note.internal else [])])
        cells = (
            f"`{key}`",
            info.title or "",
            "必填" if info.is_required() else "",
            f"{info.description}（{marks}）" if marks else info.description or "",
            _choices(info, note.vocabulary, note.relation),
            f"`{info.examples[0]}`" if info.examples else "",
        )
        yield tuple(map(_cell, cells))


_FIELDS_HEAD = """
| 字段 | 名称 | 必填 | 怎么填 | 可选值或词表 | 例子 |
| --- | --- | --- | --- | --- | --- |
"""
_COLUMNS_HEAD = """
| 列 | 必填 | 怎么填 | 可选值 | 例子 |
| --- | --- | --- | --- | --- |
"""
_FORMS = {"datetime": "日期和时间", "date": "日期", "bool": "true 或 false", "int": "整数"}


def _forms(info: FieldInfo) -> Iterator[str]:
    """What a value looks like, beyond plain text."""
    kinds = _kinds(info.annotation)
    if any(get_origin(kind) is tuple for kind in kinds):
        yield "清单"
    names = [getattr(kind, "__name__", "") for kind in kinds]
    yield from (form for name, form in _FORMS.items() if name in names)


def _kinds(annotation: object) -> list[object]:
    """An annotation and everything inside it."""
    return [annotation, *(kind for inner in get_args(annotation) for kind in _kinds(inner))]


def _choices(info: FieldInfo, vocabulary: str, relation: tuple[str, ...]) -> str:
    for kind in _kinds(info.annotation):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return "、".join(str(member.value) for member in kind)
    if vocabulary:
        return f"词表“{VOCABULARIES[vocabulary]}”"
    if relation:
        return "文件编号：" + "、".join(f"`{folder}/`" for folder in relation)
    return ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def schema(record: type[Record]) -> str:
    """JSON Schema of a front matter, for editors' tools that read it with YAML's own types."""
    made = _loosened(record.model_json_schema())
    for key, info, _ in declared(record):
        value = made["properties"][key]
        if value.get("type") == "array" and info.metadata:  # one item need not stand in a list
            if "$ref" in value["items"]:  # nor need a file or a topic that only has its name
                value["items"] = {"anyOf": [value["items"], {"type": "string"}]}
            one = value.pop("items")
            value["anyOf"] = [one, {"type": value.pop("type"), "items": one}]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    whole = {**head, **made, "title": record.label, "description": record.purpose}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _loosened(node: dict[str, Any]) -> dict[str, Any]:
    """The same schema for values as YAML sees them: 2021 is a number there, 是 a text."""
    loose: dict[str, Any] = {}
    for key, value in node.items():
        if isinstance(value, dict) and key != "x-gongkai":
            loose[key] = _loosened(value)
        elif isinstance(value, list):
            loose[key] = [_loosened(item) if isinstance(item, dict) else item for item in value]
        elif key != "x-gongkai":
            loose[key] = value
    match loose:
        case {"type": "string", "format": "date-time"}:
            del loose["format"]
            loose["pattern"] = _MOMENT
        case {"type": "string", "format": _} | {"type": "string", "enum": _}:
            pass
        case {"type": "string"}:
            loose["type"] = ["string", "number"]
        case {"type": "boolean"}:
            loose["enum"] = [True, False, "是", "否"]
            del loose["type"]
    return loose


# --- Commands -------------------------------------------------------------------------------------


def commands() -> str:
    """The command line's table in Chinese and English."""
    # Asked for by its name: the table stands on the floor above, where nothing may import from.
    table = importlib.import_module("plugins.__main__")
    lines = ["# 命令 / Commands\n", _NOTE, _COMMANDS_INTRO]
    for entry in table.COMMANDS:
        options = " ".join(f"`{_usage(*table.OPTIONS[option])}`" for option in entry.options)
        cells = (f"`{entry.name}`", entry.chinese, entry.english, options)
        lines.append(f"| {' | '.join(map(_cell, cells))} |\n")
    lines.append("\n## 选项 / Options\n\n| 选项 | 说明 |\n| --- | --- |\n")
    lines += [
        f"| `{_cell(_usage(names, details))}` | {_cell(str(details['help']))} |\n"
        for names, details in table.OPTIONS.values()
    ]
    return "".join(lines)


_COMMANDS_INTRO = """
没有 make 的机器（例如 Windows）写 `python -m plugins 命令 选项`；
有 make 的机器也可以写 `make 命令`，选项放在 `ARGS` 里：
`make new ARGS="policies --id 2021/2021-016"`。

On a machine without make, type `python -m plugins COMMAND OPTIONS`;
with make, `make COMMAND ARGS="OPTIONS"`.

| 命令 | 做什么 | what it does | 选项 |
| --- | --- | --- | --- |
"""


def _usage(names: tuple[str, ...], details: Mapping[str, Any]) -> str:
    value = details.get("metavar") or "|".join(details.get("choices", ()))
    if names[0].startswith("-"):
        return f"{names[0]} {value}"
    return f"[{value}]" if details.get("nargs") else str(value)


# --- Checks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sentence:
    """What a check says: message, remedy, and whether it only reminds."""

    message: str
    remedy: str
    reminds: bool


def checks() -> str:
    """Every sentence that the checks may say, rule by rule."""
    lines = ["# 检查些什么\n", _NOTE, _CHECKS_INTRO, "\n## 一个文件之内\n"]
    for module, title in SOURCES:
        lines += [f"\n### {title}\n", _sentence_table(sentences_of(module))]
    lines.append("\n### 附件查不了的原因\n\n")
    lines += [f"- {reason}\n" for reason in _reasons()]
    lines.append("\n## 文件之间\n")
    by_rule = sentences_by_rule()
    for rule in RULES:
        lines.append(f"\n### {RULE_TITLES[rule.__name__]}\n\n规则名：`{rule.__name__}`\n")
        lines.append(_sentence_table(by_rule[rule.__name__]))
    return "".join(lines)


_CHECKS_INTRO = f"""
每次检查（`make check`）和每次生成网站之前，程序都做下面这些检查，并一次列出全部问题。
“错误”不改好就不能发布；“提醒”不影响发布。草稿（`draft: true`）里的问题都只提醒，个人信息除外；
依申请公开、不予公开的文件不上网站，其中的个人信息也只提醒。
表中的“{_ELLIPSIS}”在提示里会换成具体内容。
"""


def _sentence_table(told: list[Sentence]) -> str:
    rows = ["\n| 级别 | 提示 | 改法 |\n| --- | --- | --- |\n"]
    for sentence in told:
        level = Severity.REMINDER if sentence.reminds else Severity.ERROR
        cells = (level.value, sentence.message, sentence.remedy)
        rows.append(f"| {' | '.join(map(_literal, cells))} |\n")
    return "".join(rows)


def _literal(text: str) -> str:
    """Words as they are, whatever Markdown would make of them."""
    return _cell(html.escape(re.sub(r"([\\[\]*])", r"\\\1", text), quote=False))


@cache
def _source(module: str) -> _Source:
    return _Source(module)


def sentences_of(module: str) -> list[Sentence]:
    """What one module may say to editors, in its own order."""
    source = _Source(module)
    return source.sentences(source.tree)


def sentences_by_rule() -> dict[str, list[Sentence]]:
    """What each rule across files may say, itself or through functions of its module."""
    told: dict[str, list[Sentence]] = {}
    for rule in RULES:
        source = _source(module_of(rule))
        names = [rule.__name__]
        for name in names:  # grows while it is walked
            names += [n for n in source.called(name) if n not in names]
        found = [s for name in names for s in source.sentences(source.functions[name])]
        told[rule.__name__] = list(dict.fromkeys(found))
    return told


def module_of(rule: DocumentRule | LibraryRule) -> str:
    """The file of a rule, counted from `plugins/`."""
    return f"{rule.__module__.removeprefix('plugins.').replace('.', '/')}.py"


def _reasons() -> list[str]:
    """Why an attachment cannot be searched: the sentences that its reader keeps as constants."""
    constants = _Source("reading/attachments.py").constants.values()
    texts = [node.value for (node, *_) in constants if isinstance(node, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and _CHINESE.search(text)]


class _Source:
    """One module's syntax, searched for what it says to editors."""

    def __init__(self, module: str) -> None:
        self.tree = ast.parse((ROOT / "plugins" / module).read_text(encoding="utf-8"))
        self.functions = {n.name: n for n in self.tree.body if isinstance(n, ast.FunctionDef)}
        self.constants = _assigned(self.tree.body)
        self.only_reminds = module == "reading/wording.py"

    def called(self, name: str) -> list[str]:
        """The module's own functions that a function names, in order."""
        names = [n.id for n in _in_order(self.functions[name]) if isinstance(n, ast.Name)]
        return [n for n in dict.fromkeys(names) if n in self.functions]

    def sentences(self, tree: ast.AST) -> list[Sentence]:
        """Every message with its remedy that this piece of the module may say."""
        return list(dict.fromkeys(self._sentences(tree, self.constants)))

    def _sentences(self, node: ast.AST, known: Mapping[str, list[ast.expr]]) -> Iterator[Sentence]:
        if isinstance(node, ast.FunctionDef):
            known = {**known, **_assigned(n for n in ast.walk(node) if isinstance(n, ast.stmt))}
        message, remedy = (self._words(part, known) for part in _pair(node))
        if _CHINESE.search(message + remedy):
            yield Sentence(message, remedy, reminds=self.only_reminds or _reminds(node))
        for child in ast.iter_child_nodes(node):
            yield from self._sentences(child, known)

    def _words(self, node: ast.expr | None, known: Mapping[str, list[ast.expr]]) -> str:
        """The text of an expression; what only a run can know becomes an ellipsis."""
        text = _ELLIPSIS
        match node:
            case ast.Constant(value=str(written)):
                text = written
            case ast.JoinedStr():
                joined = "".join(self._words(part, known) for part in node.values)
                text = re.sub(rf"(?:{_ELLIPSIS})+", _ELLIPSIS, joined)
            case ast.BinOp():
                text = self._words(node.left, known) + self._words(node.right, known)
            case ast.IfExp():
                text = self._either([node.body, node.orelse], known)
            case ast.Name() if node.id in known:
                before = [value for value in known[node.id] if value.lineno < node.lineno]
                text = self._words((before or known[node.id])[-1], {})
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                inside = ast.walk(self.functions[name])
                text = self._either([n.value for n in inside if isinstance(n, ast.Return)], known)
        return text

    def _either(self, ways: Iterable[ast.expr | None], known: Mapping[str, list[ast.expr]]) -> str:
        texts = dict.fromkeys(self._words(way, known) for way in ways)
        said = [text for text in texts if _CHINESE.search(text)]
        return "；或者：".join(said) or _ELLIPSIS


def _pair(node: ast.AST) -> tuple[ast.expr | None, ast.expr | None]:
    """Message and remedy, where a piece of syntax is one that speaks to editors."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in SPEAKERS:
            said = node.args[SPEAKERS[name] :]
        case ast.Call(func=ast.Attribute(attr="problem" | "fault")):
            said = node.args[SPEAKERS["problem"] :]
        case ast.Call(func=ast.Attribute(attr="_fault")):
            said = node.args
        case ast.Return(value=ast.Tuple(elts=[_, _] as said)):
            pass
        case ast.Tuple(elts=[_, ast.Constant() | ast.JoinedStr() as message, remedy]):
            said = [message, remedy]
        case _:
            said = []
    padded: list[ast.expr | None] = [*said, None, None]
    return padded[0], padded[1]


def _reminds(node: ast.AST) -> bool:
    inside = list(ast.iter_child_nodes(node))
    inside += [k.value for k in inside if isinstance(k, ast.keyword)]
    names = {getattr(n, "id", getattr(n, "attr", "")) for n in inside}
    flagged = any(isinstance(k, ast.keyword) and k.arg == "reminder" for k in inside)
    return flagged or "REMINDER" in names


def _assigned(statements: Iterable[ast.stmt]) -> dict[str, list[ast.expr]]:
    """Every value that a name is given, in the source's order."""
    values: dict[str, list[ast.expr]] = defaultdict(list)
    for statement in sorted(statements, key=lambda node: node.lineno):
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    values[target.id].append(statement.value)
    return dict(values)


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)
