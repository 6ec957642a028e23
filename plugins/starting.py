"""`make new`: a new file of content, with every field that may be filled, made from the records.

Required keys stand there empty, so that what was forgotten is found by the check and never
published as an example; optional ones are comments. The file begins as a draft.
"""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args, get_origin

from plugins.checking import settings_from
from plugins.folders import CONF
from plugins.problems import StoppedError
from plugins.reading import read_document
from plugins.reading.data import read_vocabularies
from plugins.reading.document import model_at
from plugins.reading.names import SHOWN, VOCABULARY_FOLDER
from plugins.records import (
    RECORD_TYPES,
    SLOTS,
    Catalog,
    Interpretation,
    Issue,
    ListVersion,
    Notice,
    Organ,
    Package,
    Page,
    Plan,
    Policy,
    Question,
    Record,
    Topic,
    Vocabularies,
)
from plugins.records.fields import FieldNote, declared

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_MOST_CHOICES = 20
_EMPTY_HEAD = b"---\n---\n"
_NUMERALS = "一二三四五"
_SIGNED = "（发文机关全称）\n（成文日期，写成2021年7月12日的样子）\n"
_SECTIONS = "## 一、……\n\n……\n\n### （一）……\n\n……\n\n### （二）……\n\n……\n\n## 二、……\n\n……\n"

BODIES: Mapping[type[Record], str] = MappingProxyType(
    {
        Policy: f"（主送机关）：\n\n……\n\n{_SECTIONS}\n{_SIGNED}\n（此件公开发布）\n",
        Interpretation: "\n".join(
            f"## {numeral}、{slot}\n\n……\n" for numeral, slot in zip(_NUMERALS, SLOTS, strict=True)
        ),
        Plan: f"{_SECTIONS}\n{_SIGNED}",
        Notice: f"……\n\n{_SECTIONS}\n{_SIGNED}",
        Question: (
            "……（直接写答案：先说能不能、怎么办，再说条件、材料、时限；不写提问人的任何信息）\n"
        ),
        ListVersion: "……（两三句话说明这份清单管什么、怎么用；表格放在旁边的 CSV 文件里）\n",
        Catalog: "……（两三句话说明这个领域的目录怎样编制、由谁执行；事项放在旁边的 CSV 表格里）\n",
        Topic: "……（两三句话说明这个专题讲什么、给谁看）\n",
        Package: "……（两三句话说明怎样办、先看哪一份、到哪里问）\n",
        Issue: "……（一两句话说明这一期刊登了什么）\n",
        Page: f"……\n\n{_SECTIONS}",
        Organ: "## 一、主要职责\n\n……\n\n## 二、机构设置\n\n……\n\n## 三、联系与监督\n\n……\n",
    }
)
"""What stands below the front matter of a new document of each type."""


class CannotStartError(StoppedError):
    """No file was made; the text says why, and how to mend it."""


def command(options: argparse.Namespace) -> int:
    """Write the skeleton of a new document and say what to do next: the target `new`."""
    content = Path(getattr(options, "content", None) or "content")
    try:
        record = record_named(options.kind)
        path = start(record, options.id, content)
    except CannotStartError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(
        f"已新建{record.label}：{path.as_posix()}\n"
        "接下来：\n"
        "  1. 打开它，填好“必填”各项，写好正文；\n"
        "  2. 要用“选填”中的哪一项，删去那一行开头的“# ”，把冒号后面换成内容；\n"
        "  3. 写完后删去 draft: true 一行，执行 python -m plugins check，照提示改到没有错误。"
    )
    return 0


def start(record: type[Record], wanted: str | None, content: Path) -> Path:
    """Write the skeleton of one new document and return its path.

    Raises:
        CannotStartError: the id is none, is taken, or there is no such content folder.
    """
    if not content.is_dir():
        raise CannotStartError(f"找不到内容文件夹 {content}", "在项目文件夹里运行")
    document_id = id_of(record, wanted) if wanted else next_id(record, content)
    path = content / f"{document_id}.md"
    shown = f"{SHOWN}/{document_id}.md"
    vocabularies = vocabularies_in(content)
    for problem in read_document(document_id, shown, _EMPTY_HEAD, vocabularies).problems:
        if not problem.subject:  # of the name; the others tell of fields
            raise CannotStartError(f"编号“{wanted}”：{problem.message}", problem.remedy)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton(record, vocabularies))
    except FileExistsError:
        raise CannotStartError(f"{path.as_posix()} 已经存在，没有改动它", "换一个编号") from None
    return path


def record_named(kind: str) -> type[Record]:
    """The record type that a person means: by folder, by Chinese label, by English name.

    Raises:
        CannotStartError: there is no such type.
    """
    names = {
        name: record
        for record in RECORD_TYPES
        for name in (record.folder, record.label, record.__name__.lower())
    }
    if kind in names:
        return names[kind]
    near = get_close_matches(kind, names, 1, 0.6)
    known = "、".join(f"{record.folder}（{record.label}）" for record in RECORD_TYPES)
    remedy = f"是不是想写：{near[0]}" if near else f"写成其中之一：{known}"
    raise CannotStartError(f"没有“{kind}”这一类文件", remedy)


def id_of(record: type[Record], wanted: str) -> str:
    """A document's whole id from what was typed: its path or, where years are folders, its name."""
    inner = wanted.replace("\\", "/").removeprefix(f"{SHOWN}/").removesuffix(".md")
    inner = inner.removeprefix(f"{record.folder}/")
    year = re.match(r"(\d{4})-", inner)
    if year and record.by_year:
        inner = f"{year[1]}/{inner}"
    return f"{record.folder}/{inner}"


def next_id(record: type[Record], content: Path) -> str:
    """The next free number of this year, for types that are filed by year.

    Raises:
        CannotStartError: documents of this type have names, not numbers.
    """
    if not record.by_year:
        raise CannotStartError(
            f"{record.label}要写编号", f"例如：python -m plugins new {record.folder} --id new-name"
        )
    year = settings_from(CONF).now.year
    names = (path.stem for path in (content / record.folder / str(year)).glob("*.md"))
    serials = [int(found[1]) for name in names if (found := re.fullmatch(rf"{year}-(\d+)", name))]
    return f"{record.folder}/{year}/{year}-{max(serials, default=0) + 1:03}"


def skeleton(
    record: type[Record],
    vocabularies: Vocabularies,
    known: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The whole text of a new document's file; `known` are values of required keys."""
    required = [entry for entry in declared(record) if entry[1].is_required()]
    optional = [entry for entry in declared(record) if not entry[1].is_required()]
    lines = ["---", f"# 新的{record.label}。以 # 开头的行是说明，不会发布，写完可以删去。", "#"]
    lines.append("# 必填：")
    for key, info, note in required:
        lines += [f"# {_advice(info, note, vocabularies)}", f"{key}: {known.get(key, '')}".rstrip()]
    lines += ["", "# 写完以后删去下面这一行，文件才会发布。", "draft: true", ""]
    lines.append("# 选填：要用哪一项，删去那一行开头的“# ”，把冒号后面换成内容。")
    for key, info, _ in optional:
        if key != "draft":
            lines += [f"# {line}" for line in _optional(record, key, info)]
    return "\n".join([*lines, "---", "", BODIES[record]])


def _advice(info: FieldInfo, note: FieldNote, vocabularies: Vocabularies) -> str:
    words = [f"{info.title}：{info.description}"]
    choices = choices_of(info, note, vocabularies)
    if choices and len(choices) <= _MOST_CHOICES:
        words.append(f"可选：{'、'.join(choices)}")
    elif choices:
        words.append(f"可选的词在 {SHOWN}/{VOCABULARY_FOLDER}/{note.vocabulary}.yaml")
    elif info.examples:
        words.append(f"例如：{info.examples[0]}")
    if _is_list(info):
        words.append("多项时各起一行，以“- ”开头")
    return "。".join(words)


def choices_of(info: FieldInfo, note: FieldNote, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The words that a field may take; empty where any text will do."""
    if note.vocabulary:
        vocabulary = vocabularies[note.vocabulary]
        return tuple(name for name in vocabulary.names if not vocabulary[name].retired)
    return tuple(
        str(choice.value) for choice in getattr(info.annotation, "__members__", {}).values()
    )


def _optional(record: type[Record], key: str, info: FieldInfo) -> Iterator[str]:
    """The lines of one optional field; a list or a group shows its form under its name."""
    told = f"{key}: {info.title}——{info.description}"
    part = model_at(record, (key,))
    if part is not record:
        yield f"{told}，写成下面几行的样子："
        yield from _group(part, "  - " if _is_list(info) else "  ")
    elif _is_list(info):
        yield f"{told}，每项一行："
        yield f"  - {info.examples[0] if info.examples else '……'}"
    else:
        yield told


def _group(part: type[BaseModel], first: str) -> Iterator[str]:
    indent = first
    for key, info, _ in declared(part):
        yield f"{indent}{key}: {_example(info)}"
        indent = " " * len(first)


def _example(info: FieldInfo) -> str:
    return str(info.examples[0]) if info.examples else f"{info.title}——{info.description}"


def _is_list(info: FieldInfo) -> bool:
    return any(get_origin(kind) is tuple for kind in (info.annotation, *get_args(info.annotation)))


def vocabularies_in(content: Path) -> Vocabularies:
    """The vocabularies of a content folder."""
    folder = content / VOCABULARY_FOLDER
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    return read_vocabularies(files, f"{SHOWN}/{VOCABULARY_FOLDER}")[0]
