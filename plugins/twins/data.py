"""数据: each document once more for machines, as JSON beside its page, under one published schema.

A key is declared once, with its name, what it means, its JSON Schema and where it comes from; the
schema at `feeds/schema/document.json` is made of the same table. What a type has of its own stands
in `details` under its field's name. Internal fields are passed over by their declaration.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from pydantic import BaseModel

from plugins.library import Library, state_of
from plugins.presenting import source_of
from plugins.reading import Document
from plugins.reading.media import media_label
from plugins.records import (
    RECORD_TYPES,
    Policy,
    Publication,
    Record,
    references,
    relations_of,
)
from plugins.records.fields import declared
from plugins.schema_org import stamp
from plugins.settings import Settings
from plugins.syndication import tag_id

SCHEMA = "feeds/schema/document.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
MACHINERY = frozenset({"draft", "embargo", "order", "pdf"})
"""Fields by which the site is made; they say nothing of the document."""

Json = Mapping[str, object]


class Case(NamedTuple):
    """A document, its record at hand, and where to look further."""

    document: Document[Record]
    record: Record
    library: Library
    settings: Settings


class Key(NamedTuple):
    """One key of a twin; without `value` it is the record's field of the same name.

    A value that is empty is left out, unless it is `always` there.
    """

    name: str
    title: str
    schema: Json
    value: Callable[[Case], object] | None = None
    always: bool = False


def _object(*always: str, **properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(always),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items, "minItems": 1}


_TEXT: Json = {"type": "string"}
_WORD: Json = {"type": "string", "minLength": 1}
_DAY: Json = {"type": "string", "format": "date"}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_ADDRESS: Json = {"type": "string", "format": "uri"}
_SUM: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_OTHER: Json = _object("id", "url", id=_WORD, url=_ADDRESS)
_OTHERS: Json = {"type": "object", "additionalProperties": _list(_OTHER), "minProperties": 1}


def _issuers(case: Case) -> list[str]:
    record = case.record
    if isinstance(record, Publication):
        return list(record.issuers)
    issuer = getattr(record, "issuer", None)
    return [issuer] if issuer else []


def _validity(case: Case) -> Json | None:
    if not isinstance(case.record, Policy):
        return None
    state = state_of(case.document, case.library, case.settings)  # type: ignore[arg-type]
    said: dict[str, object] = {"state": state.validity.value, "since": state.since.isoformat()}
    if state.by:
        said["by"] = [_other(document, case.settings) for document in state.by]
    return said


def _topics(case: Case) -> list[Json]:
    places = case.record.topics if isinstance(case.record, Publication) else ()
    return [
        {"id": place.topic, **({"part": place.part} if place.part else {})}
        for place in places
        if place.topic in case.library
    ]


def _attachments(case: Case) -> list[Json]:
    document, library = case.document, case.library
    files: list[Json] = []
    for attachment in case.record.attachments:
        name = attachment.file
        path = f"{document.folder}/{name}"
        files.append(
            {
                "name": name,
                "title": attachment.title or name.rpartition(".")[0],
                "url": case.settings.absolute(f"{document.url}{quote(name)}"),
                "kind": media_label(name),
                "size": library.size_of(path),
                "sha256": library.sum_of(path),
            }
        )
    return files


def _relations(case: Case) -> dict[str, list[Json]]:
    """What the document names: field → documents; a far side that was typed is left out."""
    named: dict[str, list[Json]] = {}
    left_out = _left_out(type(case.record))
    for way, target in references(case.record):
        key = str(way[0])
        if key not in left_out and (other := case.library.get(target)):
            named.setdefault(key, []).append(_other(other, case.settings))
    return named


def _referenced_by(case: Case) -> dict[str, list[Json]]:
    """Who names this document: the field in which they do → documents."""
    document, library = case.document, case.library
    return {
        key: [_other(other, case.settings) for other in found]
        for key in _pointing_keys(document.kind.folder)
        if (found := library.look_up(key, document.id))
    }


@cache
def _left_out(kind: type[Record]) -> frozenset[str]:
    """Relations that are another's, typed once more, or the office's own."""
    return frozenset(key for key, _, note in declared(kind) if note.inverse or note.internal)


@cache
def _pointing_keys(folder: str) -> tuple[str, ...]:
    """Fields of any type that may name a document of this folder."""
    keys = {
        key
        for kind in RECORD_TYPES
        for key, folders in relations_of(kind).items()
        if folder in folders and key not in _left_out(kind)
    }
    return tuple(sorted(keys))


def _other(document: Document[Record], settings: Settings) -> Json:
    return {"id": document.id, "url": settings.absolute(document.url)}


def _details(case: Case) -> dict[str, object]:
    values = case.record.__dict__
    keys = _detail_keys(type(case.record))
    return {key: _plain(shown) for key in keys if (shown := public_part(values[key], case.library))}


def public_part(value: object, library: Library) -> object:
    """A field without the groups that tell of a document which is not public."""
    if not isinstance(value, tuple):
        return value
    return tuple(
        item
        for item in value
        if not isinstance(item, BaseModel) or all(other in library for other in _others_named(item))
    )


def _others_named(group: BaseModel) -> Iterator[str]:
    """The documents that a group of fields names."""
    for key in _naming_keys(type(group)):
        if name := getattr(group, key):
            yield name


@cache
def _naming_keys(group: type[BaseModel]) -> tuple[str, ...]:
    return tuple(key for key, _, note in declared(group) if note.relation)


@cache
def _detail_keys(kind: type[Record]) -> tuple[str, ...]:
    """Public fields of a type that have no key of their own and lead to no document."""
    own = {key.name for key in KEYS} | MACHINERY | {"issuer", "joint_issuers"}
    return tuple(
        key
        for key, _, note in declared(kind)
        if key not in own and not note.internal and not note.relation
    )


def plain(
    value: object, written: Callable[[date], object], unsaid: Collection[object] = (None,)
) -> object:
    """A field's value in the types that files for machines have; days and moments as `written`.

    Groups come without what is internal, and without values that are `unsaid`.
    """
    if type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return written(value)
    if isinstance(value, tuple):
        return [plain(item, written, unsaid) for item in value]
    if isinstance(value, BaseModel):
        return {
            key: plain(item, written, unsaid)
            for key, _, note in declared(type(value))
            if not note.internal and (item := getattr(value, key)) not in unsaid
        }
    return value


def _plain(value: object) -> object:
    return plain(value, _in_json)


def _in_json(day: date) -> str:
    return stamp(day) if isinstance(day, datetime) else day.isoformat()


KEYS: tuple[Key, ...] = (
    Key("id", "编号，永远不变", _WORD, lambda c: c.document.id, always=True),
    Key(
        "tag", "订阅中的编号", _ADDRESS, lambda c: tag_id(c.settings, c.document.id), always=True
    ),
    Key("url", "网址", _ADDRESS, lambda c: c.settings.absolute(c.document.url), always=True),
    Key(
        "type",
        "文件类型",
        {"enum": [kind.folder for kind in RECORD_TYPES]},
        lambda c: c.record.folder,
        always=True,
    ),
    Key("kind_label", "文件类型的名称", _WORD, lambda c: c.record.label, always=True),
    Key("title", "标题", _WORD, lambda c: c.record.title, always=True),
    Key("number", "发文字号", _WORD),
    Key("index_number", "索引号", _WORD),
    Key("issuers", "发文机关，牵头机关在前", _list(_WORD), _issuers),
    Key(
        "source",
        "信息来源",
        _WORD,
        lambda c: source_of(c.record) or c.settings.county.authority,
        always=True,
    ),
    Key("author", "责任编辑", _WORD),
    Key("published", "发布时间", _MOMENT, lambda c: stamp(c.record.published), always=True),
    Key(
        "changed",
        "最近一次发布、更正或更新的时间",
        _MOMENT,
        lambda c: stamp(c.record.changed),
        always=True,
    ),
    Key("signed", "成文日期", _DAY),
    Key("printed", "印发日期", _DAY),
    Key("effective", "施行日期", _DAY),
    Key("expires", "失效日期", _DAY),
    Key(
        "validity",
        "有效性，按生成网站之日推定",
        _object("state", "since", state=_WORD, since=_DAY, by=_list(_OTHER)),
        _validity,
    ),
    Key("disclosure", "公开方式", _WORD, lambda c: c.record.disclosure.value, always=True),
    Key("subject", "主题分类", _WORD),
    Key("columns", "法定公开栏目", _list(_WORD)),
    Key("topics", "所属专题和其中的栏目", _list(_object("id", id=_WORD, part=_WORD)), _topics),
    Key("keywords", "关键词", _list(_WORD)),
    Key("summary", "内容概述", _WORD),
    Key(
        "corrections",
        "更正说明",
        _list(_object("at", "note", at=_MOMENT, note=_WORD))),
    Key("details", "这一类文件特有的各项", {"type": "object"}, _details),
    Key("relations", "本文件写到的文件，按关系分列", _OTHERS, _relations),
    Key("referenced_by", "写到本文件的文件，按关系分列", _OTHERS, _referenced_by),
    Key(
        "attachments",
        "附件",
        _list(
            _object(
                "name", "title", "url", "kind", "size", "sha256",
                name=_WORD, title=_WORD, url=_ADDRESS, kind=_WORD,
                size={"type": "integer", "minimum": 0}, sha256=_SUM,
            )
        ),
        _attachments,
    ),
    Key("text", "正文（纯文本）", _TEXT, lambda c: c.document.body.text, always=True),
    Key(
        "sha256",
        "正文纯文本（UTF-8）的 SHA-256",
        _SUM,
        lambda c: c.library.sum_of_text(c.document),
        always=True,
    ),
)  # fmt: skip
"""Every key of a twin, in its order."""


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def twin(library: Library, settings: Settings, document: Document[Record]) -> bytes:
    """The JSON of one document."""
    record = document.record
    case, values = Case(document, record, library, settings), record.__dict__
    said: dict[str, object] = {"$schema": settings.absolute(SCHEMA)}
    for name, ask, always in _asked_of(type(record)):
        value = ask(case) if ask else values[name]
        if value or always:
            said[name] = value if ask else _plain(value)
    return _JSON.encode(said).encode()


@cache
def _asked_of(
    kind: type[Record],
) -> tuple[tuple[str, Callable[[Case], object] | None, bool], ...]:
    """Name, value and whether it is always there, of each key that a type may have."""
    return tuple(
        (key.name, key.value, key.always)
        for key in KEYS
        if key.value or key.name in kind.model_fields
    )


def schema(library: Library, settings: Settings) -> bytes:  # noqa: ARG001  # an output's `make`
    """The JSON Schema of all twins."""
    properties: dict[str, object] = {"$schema": _ADDRESS}
    properties |= {key.name: {"title": key.title, **key.schema} for key in KEYS}
    properties["details"] = {
        "title": next(key.title for key in KEYS if key.name == "details"),
        "type": "object",
        "minProperties": 1,
        "properties": dict(_detail_schemas()),
        "additionalProperties": False,
    }
    said = {
        "$schema": _DRAFT,
        "$id": settings.absolute(SCHEMA),
        "title": "公开文件的数据",
        "type": "object",
        "properties": properties,
        "required": ["$schema", *(key.name for key in KEYS if key.always)],
        "additionalProperties": False,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _detail_schemas() -> Iterator[tuple[str, Json]]:
    """What `details` may hold: label and advice of each field; several types may share a name."""
    for kind in RECORD_TYPES:
        fields = {key: info for key, info, _ in declared(kind)}
        for key in _detail_keys(kind):
            info = fields[key]
            yield key, {"title": info.title, "description": info.description}
