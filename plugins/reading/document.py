"""One file → one document, or the problems that stand in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plugins.problems import Mark, Problem, Severity
from plugins.reading.names import SHOWN
from plugins.reading.sheet import Body
from plugins.records import BY_FOLDER, Disclosure, Record, Vocabularies
from plugins.records.fields import DOCUMENT_ID, choices_advice, declared_as, label_of
from plugins.tracing import note

if TYPE_CHECKING:
    from plugins.reading.front_matter import FrontMatter, Way

R_co = TypeVar("R_co", bound=Record, covariant=True)

RECORD, BODY, PLACES = "record", "body", "places"
"""Facts of a document: its front matter, its text, the lines on which its values stand."""
_FEW_KEYS = 8
_RESERVED = re.compile(r"\d{1,2}|\d{4}|index")


class Parts(Protocol[R_co]):
    """What reading makes of a file, at hand or kept somewhere until it is asked for."""

    @property
    def record(self) -> R_co:
        """The front matter."""

    @property
    def body(self) -> Body:
        """The text."""

    @property
    def places(self) -> Mapping[Way, Mark]:
        """Where each value stands in the file."""


@dataclass(frozen=True)
class Read(Generic[R_co]):
    """The parts of a file that was just read."""

    record: R_co
    body: Body
    places: Mapping[Way, Mark]


class Document(Generic[R_co]):
    """One file of content. `id` is its path without `.md`; it is also its URL, for ever.

    Whoever asks for a part is noted, and each part is a fact of its own: an edit of the body does
    not touch what was made of the front matter.
    """

    __slots__ = ("_parts", "_record_fact", "id")

    def __init__(self, document_id: str, parts: Parts[R_co]) -> None:
        self.id = document_id
        self._parts = parts
        self._record_fact = f"{RECORD} {document_id}"  # noted far oftener than all others

    def __repr__(self) -> str:
        return f"Document({self.id!r})"

    @property
    def identity(self) -> str:
        """What stands for the document among the arguments of a call: its name, not its content."""
        return self.id

    @property
    def record(self) -> R_co:
        """The front matter."""
        note(self._record_fact)
        return self._parts.record

    @property
    def body(self) -> Body:
        """The text."""
        note(f"{BODY} {self.id}")
        return self._parts.body

    @property
    def places(self) -> Mapping[Way, Mark]:
        """Where each value stands in the file."""
        note(f"{PLACES} {self.id}")
        return self._parts.places

    @property
    def path(self) -> str:
        """Path as problems name it: content/policies/2021/2021-015.md."""
        return f"{SHOWN}/{self.id}.md"

    @property
    def kind(self) -> type[Record]:
        """The type of its record, known by its folder without asking for it."""
        return BY_FOLDER[self.id.partition("/")[0]]

    @property
    def url(self) -> str:
        """Address from the site's root, without a leading slash."""
        return f"{self.id}/"

    @property
    def folder(self) -> str:
        """The folder of content/ in which the file and its attachments lie."""
        return self.id.rpartition("/")[0]

    @property
    def files(self) -> frozenset[str]:
        """Paths in content/ of the files that it publishes: attachments, tables, links."""
        names = [name for _, name in named_files(self.record)]
        names += [link.file for link in self.body.links if link.file]
        return frozenset(f"{self.folder}/{name}" for name in names)

    def mark(self, *way: str | int) -> Mark:
        """Where a value stands; the nearest thing above it if it was not written."""
        places = self.places
        while way:
            if way in places:
                return places[way]
            way = way[:-1]
        return Mark()

    def problem(
        self,
        way: Way | str,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at one value, named as the editor knows its field."""
        way = (way,) if isinstance(way, str) else way
        subject = subject_of(self.kind, way)
        return Problem(self.path, self.mark(*way), message, remedy, subject, severity)


def named_files(record: Record) -> Iterator[tuple[Way, str]]:
    """Every file beside a document that its front matter names, with the way to the name."""
    for place, attachment in enumerate(record.attachments):
        yield ("attachments", place, "file"), attachment.file
    for key, _ in declared_as(type(record), "file"):
        if name := getattr(record, key):
            yield (key,), name


@dataclass(frozen=True)
class Reading:
    """What came of one file: a document, problems, or both."""

    document: Document[Record] | None
    problems: tuple[Problem, ...]


def read_document(document_id: str, path: str, data: bytes, vocabularies: Vocabularies) -> Reading:
    """Read one Markdown file. `document_id` is its path under content/ without `.md`.

    Bytes of any kind give a document or problems, never an exception.
    """
    from plugins.reading.decoding import decode  # noqa: PLC0415  # most builds read
    from plugins.reading.front_matter import split  # noqa: PLC0415  # most builds read
    from plugins.reading.markup import read_body  # noqa: PLC0415  # little, and these load slowly

    record_type = BY_FOLDER.get(document_id.split("/", maxsplit=1)[0])
    if record_type is None or "/" not in document_id:
        return Reading(None, (_misplaced(document_id, path),))
    name_problems = list(_name_problems(document_id, path))
    text = decode(path, data)
    if isinstance(text, Problem):
        return Reading(None, (*name_problems, text))
    parts = split(path, text)
    if isinstance(parts, list):
        return Reading(None, (*name_problems, *parts))
    record, problems = _record(record_type, parts, path, vocabularies)
    quoted = record is not None and record.is_quoted
    body, body_problems = read_body(path, document_id, parts.body, parts.body_line, quoted=quoted)
    problems += [*name_problems, *body_problems]
    document = None
    if record is not None:
        document = Document(document_id, Read(record, body, dict(parts.places)))
        problems += _own_problems(document)
    if str(parts.values.get("draft")) in {"true", "是"}:
        problems = [problem.as_reminder() for problem in problems]
    return Reading(document, tuple(problems))


def _misplaced(document_id: str, path: str) -> Problem:
    folder, inside, _ = document_id.partition("/")
    message = f"不认识的栏目“{folder}”" if inside else "文件没有放在栏目的文件夹里"
    known = "、".join(f"{t.folder}（{t.label}）" for t in BY_FOLDER.values())
    return Problem(path, Mark(), message, f"移到这些文件夹之一：{known}")


def _name_problems(document_id: str, path: str) -> Iterator[Problem]:
    folder = document_id.split("/", maxsplit=1)[0]
    if not re.fullmatch(DOCUMENT_ID, document_id):
        near = re.sub(r"[_ ]+", "-", document_id.lower())
        known = re.fullmatch(DOCUMENT_ID, near)
        yield Problem(
            path,
            Mark(),
            "文件名和文件夹名只能用小写英文字母、数字和减号",
            f"改名为 {near}.md" if known else f"改名，例如：{folder}/2021/2021-015.md",
        )
    elif _RESERVED.fullmatch(document_id.rpartition("/")[2]) or document_id.split("/")[
        1
    ] in _list_names(folder):
        yield Problem(path, Mark(), "这个文件名留给列表页用", "改名，例如：2021-015.md")


def _list_names(folder: str) -> set[str]:
    return {*BY_FOLDER[folder].model_fields, *BY_FOLDER[folder].pages}


def _record(
    record_type: type[Record], parts: FrontMatter, path: str, vocabularies: Vocabularies
) -> tuple[Record | None, list[Problem]]:
    try:
        return record_type.model_validate(parts.values, context=vocabularies), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        meant = {
            (*detail["loc"][:-1], near)
            for detail in details
            if detail["type"] == "extra_forbidden"
            and (near := _near_key(model_at(record_type, detail["loc"][:-1]), detail["loc"][-1]))
        }
        return None, [
            _field_problem(record_type, parts, path, detail)
            for detail in details
            if detail["type"] != "missing" or detail["loc"] not in meant
        ]


def _own_problems(document: Document[Record]) -> Iterator[Problem]:
    from plugins.reading.wording import title_slip  # noqa: PLC0415  # as above

    for found in document.record.faults():
        severity = Severity.REMINDER if found.reminder else Severity.ERROR
        yield document.problem(found.way, found.message, found.remedy, severity)
    slip = title_slip(document.record.title) if document.record.formal_title else ""
    if slip:
        yield document.problem(
            "title",
            slip,
            "标题里除书名号、括号、引号、顿号外不用标点",
            Severity.REMINDER,
        )
    if not document.record.summary and document.record.disclosure is Disclosure.OPEN:
        yield document.problem(
            "summary",
            "没有填写",
            "加一行 summary: 两三句话说清这份文件讲什么",
            Severity.REMINDER,
        )


def _field_problem(
    record_type: type[Record], parts: FrontMatter, path: str, detail: ErrorDetails
) -> Problem:
    way = (*detail["loc"], *detail.get("ctx", {}).get("way", ()))
    kind = detail["type"]
    if kind == "extra_forbidden":
        owner = model_at(record_type, way[:-1])
        message, remedy = _unknown(owner, str(way[-1]))
        return Problem(path, parts.keys.get(way, Mark()), message, remedy)
    missing = kind == "missing" and way not in parts.places
    mark = _nearest(parts, way, missing=missing)
    if kind == "missing" and not missing:  # the key is there, its value is not
        detail = {**detail, "type": "too_short"}
    message, remedy = _told(record_type, way, detail)
    return Problem(path, mark, message, remedy, subject_of(record_type, way))


def _nearest(parts: FrontMatter, way: Way, *, missing: bool) -> Mark:
    shorter = way[:-1] if missing else way
    while shorter:
        if shorter in parts.places:
            return parts.places[shorter]
        shorter = shorter[:-1]
    return Mark()


def _near_key(owner: type[BaseModel], written: str | int) -> str:
    """The key that was probably meant, by its own spelling or by its Chinese label; or ''."""
    titles = {info.title or name: name for name, info in owner.model_fields.items()}
    for near in get_close_matches(str(written), titles, 1, 0.6):
        return titles[near]
    return next(iter(get_close_matches(str(written), owner.model_fields, 1, 0.5)), "")


def _unknown(owner: type[BaseModel], key: str) -> tuple[str, str]:
    message = f"没有“{key}”这一项"
    if near := _near_key(owner, key):
        return message, f"是不是想写：{near}（{owner.model_fields[near].title}）"
    if len(owner.model_fields) > _FEW_KEYS:
        return message, "删去这一行；能写哪些项，见编辑手册的字段表"
    return message, f"删去，或改用：{'、'.join(owner.model_fields)}"


def _told(  # noqa: PLR0911  # one line for each kind of error
    record_type: type[Record], way: Way, detail: ErrorDetails
) -> tuple[str, str]:
    """Message and remedy of a pydantic error, in the editor's words."""
    context: dict[str, Any] = detail.get("ctx", {})
    owner, key = model_at(record_type, way[:-1]), str(way[-1])
    info = owner.model_fields.get(key)
    example = (info.examples or [""])[0] if info else ""
    if detail["type"] == "fault":
        return str(context["message"]), str(context["remedy"])
    if detail["type"] == "missing":
        return (
            "缺少这一项",
            f"加一行，例如 {key}: {example or (info.description if info else '')}",
        )
    if detail["type"] == "enum":
        options = options_of(record_type, way)
        value = str(detail["input"])
        return f"“{value}”不在可选范围内", choices_advice(value, options)
    if detail["type"] in {"string_too_short", "too_short"}:
        return "是空的", f"填写内容，例如：{example}" if example else "填写内容，或删去这一行"
    if detail["type"] == "string_type":
        return (
            "应是一段文字",
            f"在同一行写 {key}: {example or '……'}；以方括号、花括号开头的值放进单引号",
        )
    if detail["type"] in {"tuple_type", "list_type"}:
        return "应是一张清单", "每项另起一行，以“- ”开头"
    if detail["type"] in {"model_type", "model_attributes_type", "dict_type"}:
        return "应是几行“名称: 值”", "照编辑手册中这一项的例子填写"
    return "写法不对", (info.description if info and info.description else "照编辑手册填写")


def options_of(model: type[BaseModel], way: Way) -> tuple[str, ...]:
    """The words that a value may be, if it is one of a few; nothing for any other."""
    info = model_at(model, way[:-1]).model_fields.get(str(way[-1]))
    kinds = [info.annotation, *get_args(info.annotation)] if info else []
    return tuple(
        str(member.value)
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, Enum)
        for member in kind
    )


def model_at(model: type[BaseModel], way: Way) -> type[BaseModel]:
    """The model that a way inside a record leads to; the last one known if it leads nowhere."""
    for step in way:
        info = model.model_fields.get(step) if isinstance(step, str) else None
        for kind in _models(info.annotation) if info else ():
            model = kind
    return model


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def subject_of(model: type[BaseModel], way: Way) -> str:
    """A value as messages name it: `附件（attachments）第 2 项的文件名（file）`."""
    words = ""
    for step in way:
        if isinstance(step, int):
            words += f"第 {step + 1} 项"
        else:
            words += ("的" if words else "") + label_of(model, step)
            model = model_at(model, (step,))
    return words
