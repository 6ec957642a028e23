"""Split a file into front matter and body, with the line and column of every key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from plugins.problems import Mark, Problem, mark_at

FENCE = "---"
LONGEST = 65_536
"""Characters of a front matter, or of a data file that says no other number."""
_DEEPEST = 8
_BRACKETS = re.compile(r"[\[{]\s*" * _DEEPEST + r"|(?:[-?] +)" + f"{{{_DEEPEST}}}")
_WIDE_COLON = re.compile(r"^(\s*(?:- +)?[A-Za-z_][\w-]*|[\w-]+)\s*：\s*")
_NO_SPACE = re.compile(r"^(\s*(?:- +)?[A-Za-z_][\w-]*):(?=[^\s/])")
_SPECIAL = re.compile(r"^(\s*(?:(?:- +)+(?:[A-Za-z_][\w-]*: +)?|[A-Za-z_][\w-]*: +))([*&!%@`].*)$")
_VALUE = re.compile(r"^(\s*(?:- +)*(?:[A-Za-z_][\w-]*:\s+)?)(.*)$")
_TABS = re.compile(r"[ \t]*\t[ \t]*")
_KEY_LINE = re.compile(r"^(?:\s+\S|\s*- |\s*#|\s*$|\s*[\w\u4e00-\u9fff-]+\s*[:：])")
_LIKE_FENCE = re.compile(r"^\s*[-—－–─]{2,}\s*$")

Way = tuple[str | int, ...]
"""The way to a value inside the front matter: `("topics", 0, "part")`."""


@dataclass(frozen=True)
class FrontMatter:
    """Values as text, lists and mappings; types come from the record's fields, never from YAML."""

    values: Mapping[str, object]
    keys: Mapping[Way, Mark]
    places: Mapping[Way, Mark]
    body: str
    body_line: int
    """Line of the file on which the body begins."""


@dataclass
class _Head:
    path: str
    problems: list[Problem] = field(default_factory=list)
    keys: dict[Way, Mark] = field(default_factory=dict)
    places: dict[Way, Mark] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def fault(self, mark: Mark, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, mark, message, remedy))


def split(path: str, text: str) -> FrontMatter | list[Problem]:
    """The front matter and body of a document; or every problem that stands in the way."""
    lines = text.split("\n")
    opening = lines[0].rstrip()
    if opening != FENCE:
        return [_no_opening(path, lines)]
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not closing:
        return [_no_closing(path, lines)]
    head = _Head(path)
    values = _values(head, lines[1:closing])
    if head.problems:
        return head.problems
    body = "\n".join(lines[closing + 1 :])
    return FrontMatter(values, head.keys, head.places, body, closing + 2)


def mapping(path: str, text: str) -> FrontMatter | list[Problem]:
    """A whole YAML file read the same way, as a mapping; `body` is empty."""
    head = _Head(path)
    values = _values(head, text.split("\n"), first_line=1)
    return head.problems or FrontMatter(values, head.keys, head.places, "", 1)


def sequence(
    path: str, text: str, longest: int = LONGEST
) -> tuple[list[object], Mapping[Way, Mark], Mapping[Way, Mark]] | list[Problem]:
    """A whole YAML file read as a list, with the places of every value and of every key."""
    head = _Head(path)
    node = _compose(head, text.split("\n"), 1, longest)
    if head.problems:
        return head.problems
    if node is None:
        return [], {}, {}
    if not isinstance(node, yaml.SequenceNode):
        head.fault(Mark(), "这个文件应是一张清单，每项以“- ”开头", "照文件开头的说明填写")
        return head.problems
    items = [_plain(head, item, (place,), 1) for place, item in enumerate(node.value)]
    return head.problems or (items, head.places, head.keys)


def _no_opening(path: str, lines: list[str]) -> Problem:
    first = next((n for n, line in enumerate(lines) if line.strip()), -1)
    if first < 0:
        return Problem(path, Mark(), "文件是空的", "写上文件头和正文；不需要这份文件就删去它")
    if lines[first].rstrip() == FENCE:
        return Problem(path, Mark(), "--- 前面有空行", "删去文件开头的空行，让 --- 在第一行")
    if _LIKE_FENCE.match(lines[first]):
        return Problem(
            path, Mark(first + 1), f"“{lines[first].strip()}”不是三个英文减号", "这一行只写：---"
        )
    return Problem(
        path,
        Mark(),
        "缺少文件头：第一行应是三个英文减号",
        "在最前面写一行 ---，接着写各项，再写一行 ---",
    )


def _no_closing(path: str, lines: list[str]) -> Problem:
    for number, line in enumerate(lines[1:], 2):
        if _LIKE_FENCE.match(line):
            return Problem(
                path, Mark(number), f"“{line.strip()}”不是三个英文减号", "这一行只写：---"
            )
        if not _KEY_LINE.match(line):
            return Problem(path, Mark(number), "文件头没有结束", "在这一行前面加一行：---")
    return Problem(path, Mark(len(lines)), "文件头没有结束", "各项写完后单独写一行：---")


def _values(head: _Head, lines: list[str], first_line: int = 2) -> dict[str, object]:
    node = _compose(head, lines, first_line)
    if head.problems or node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        mark = _mark(node.start_mark, first_line)
        head.fault(mark, "文件头的每一行应是“名称: 值”", "例如 title: 关于……的通知")
        return {}
    plain = _plain(head, node, (), first_line)
    return plain if isinstance(plain, dict) else {}


def _compose(
    head: _Head, lines: list[str], first_line: int, longest: int = LONGEST
) -> yaml.Node | None:
    for problem in _slips(head.path, lines, first_line):
        head.problems.append(problem)
    source = "\n".join(lines)
    if len(source) > longest:
        head.fault(Mark(first_line), "文件头太长", "文件头只写各项的值，内容写在正文里")
    elif found := _BRACKETS.search(source):
        head.fault(mark_at(source, found.start(), first_line), *_TOO_DEEP)
    if head.problems:
        return None
    try:
        return yaml.compose(source, Loader=yaml.CBaseLoader)  # it guesses no types
    except yaml.YAMLError as error:
        head.problems.append(_yaml_problem(head.path, lines, error, first_line))
    return None


_TOO_DEEP = ("这里的括号或清单套得太深", "文件头只写各项的值；值以括号开头时放进单引号")


def _slips(path: str, lines: list[str], first_line: int) -> Iterator[Problem]:
    for number, line in enumerate(lines, first_line):
        if "\t" in line:
            mark = Mark(number, line.index("\t") + 1)
            indent = "  " if line[0] in " \t" else ""
            repaired = indent + _TABS.sub(" ", line.strip())
            yield Problem(path, mark, "这里有 Tab 制表符", f"改用空格：{repaired}")
        elif found := _WIDE_COLON.match(line):
            mark = Mark(number, line.index("：") + 1)
            repaired = f"{found[1]}: {line[found.end() :]}"
            yield Problem(
                path, mark, "用了中文冒号“：”", f"改成英文冒号加一个空格：{repaired.strip()}"
            )
        elif found := _NO_SPACE.match(line):
            repaired = f"{found[1]}: {line[found.end() :]}"
            mark = Mark(number, found.end())
            yield Problem(path, mark, "冒号后面缺一个空格", f"改成：{repaired.strip()}")
        elif found := _SPECIAL.match(line):
            mark = Mark(number, found.end(1) + 1)
            yield Problem(path, mark, f"值以 {found[2][0]} 开头", _in_quotes(line))


def _in_quotes(line: str) -> str:
    """The remedy for a value that YAML would take for something else."""
    found = _VALUE.match(line)
    before, value = found.groups() if found else ("", line)
    quoted = value.strip().replace("'", "''")
    return f"把整个值放进单引号：{before.strip()} '{quoted}'"


_UNPAIRED_BRACKET = "补上另一半括号；值本身以括号开头时，"
_BY_CLUE = (
    ("quoted scalar", "引号没有成对", "补上另一半引号，或删去引号"),
    ("while parsing a flow", "方括号或花括号没有成对", ""),
    ("simple key", "这一行不是“名称: 值”", "补上名称和冒号；是上一行的延续时，接在上一行末尾"),
)
"""Clue in libyaml's words, message, remedy; these faults begin where libyaml's context does."""


def _yaml_problem(path: str, lines: list[str], error: yaml.YAMLError, first_line: int) -> Problem:
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    place = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None) or place
    for clue, message, remedy in _BY_CLUE:
        if clue in said and began:
            line = _line_at(lines, began)
            fallback = _UNPAIRED_BRACKET + _in_quotes(line)
            return Problem(path, _mark(began, first_line), message, remedy or fallback)
    if not place:
        return Problem(path, Mark(first_line), _UNKNOWN_FORM, _USUAL_FORM)
    mark, line = _mark(place, first_line), _line_at(lines, place)
    indented = re.match(r" +(?=[A-Za-z_][\w-]*: )", line)
    if "mapping values" in said and indented and ":" not in line[: mark.column - 1]:
        return Problem(path, Mark(mark.line), "行首多了空格", f"这一行顶格写：{line.strip()}")
    if "mapping values" in said:
        return Problem(path, mark, "值里有英文冒号", _in_quotes(line))
    value = _VALUE.match(line)
    if value and value[2][:1] in {"'", '"', "[", "{"}:
        return Problem(path, mark, "值以引号或括号开头，后面还有字", _in_quotes(line))
    return Problem(path, mark, _UNKNOWN_FORM, _USUAL_FORM)


_UNKNOWN_FORM = "文件头这里的格式不对"
_USUAL_FORM = "每行写“名称: 值”，顶格；值里有特殊符号时放进单引号"


def _line_at(lines: list[str], place: yaml.Mark) -> str:
    return lines[min(place.line, len(lines) - 1)]


def _plain(head: _Head, node: yaml.Node, way: Way, first_line: int) -> object:
    """Text, lists and mappings only; an empty value is None. Notes the place of each value."""
    head.places[way] = _mark(node.start_mark, first_line)
    if len(way) > _DEEPEST:
        head.fault(head.places[way], *_TOO_DEEP)
        return None
    if id(node) in head.seen:  # an alias: the same node at a second place, maybe inside itself
        head.fault(head.places[way], "值以 & 或 * 开头", "把整个值放进单引号")
        return None
    head.seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        items = [_plain(head, n, (*way, i), first_line) for i, n in enumerate(node.value)]
        return ["" if item is None else item for item in items]
    if isinstance(node, yaml.MappingNode):
        return _pairs(head, node, way, first_line)
    if node.tag.startswith("!"):
        head.fault(head.places[way], "值以 ! 开头", f"把整个值放进单引号：'{node.tag}{node.value}'")
    empty = not getattr(node, "style", None) and node.value.strip() in {"", "~", "null"}
    return None if empty else node.value


def _pairs(head: _Head, node: yaml.MappingNode, way: Way, first_line: int) -> dict[str, object]:
    pairs: dict[str, object] = {}
    for key, value in node.value:
        mark = _mark(key.start_mark, first_line)
        if not isinstance(key, yaml.ScalarNode):
            head.fault(mark, "冒号前面应是一个名称", "例如 title: 关于……的通知")
            continue
        if (*way, key.value) in head.keys:
            earlier = head.keys[*way, key.value].line
            head.fault(mark, f"“{key.value}”写了两次（第 {earlier} 行已有）", "删去一处")
            continue
        head.keys[*way, key.value] = mark
        plain = _plain(head, value, (*way, key.value), first_line)
        if plain is not None:
            pairs[key.value] = plain
    return pairs


def _mark(place: yaml.Mark, first_line: int) -> Mark:
    return Mark(place.line + first_line, place.column + 1)
