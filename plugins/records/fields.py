"""What a front-matter value may be: declared once, for validation, pages, docs and forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, PydanticUndefined

from plugins import identifiers
from plugins.records.vocabularies import SEPARATOR, Vocabularies
from plugins.tracing import note

WORD = "word"
"""The fact that a vocabulary has a word: `word kinds 通知`."""
DOCUMENT_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+"
_WRITTEN_DATE = re.compile(r"(\d{4})\s*[-年./／．]\s*(\d{1,2})\s*[-月./／．]\s*(\d{1,2})(?:\s*日)?")
_WRITTEN_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")


class Disclosure(StrEnum):
    """公开属性, fixed when a document is drafted; only 主动公开 reaches the site."""

    OPEN = "主动公开"
    ON_REQUEST = "依申请公开"
    CLOSED = "不予公开"


@dataclass(frozen=True)
class FieldNote:
    """What the project knows of a field beyond its type.

    `relation`: folders of the documents that its values name. `organ`: its values name 机构.
    `inverse`: the field is the far side of this relation, derived but may be typed to assert it.
    `file`: its value names a file that lies beside the document and belongs to it.
    `header`: place in the page's header table (0 = not shown). `internal`: never leaves the office.
    """

    relation: tuple[str, ...] = ()
    inverse: str = ""
    organ: bool = False
    file: bool = False
    vocabulary: str = ""
    header: int = 0
    facet: bool = False
    weight: int = 0
    internal: bool = False


def field(  # noqa: PLR0913  # one keyword per thing that a declaration may say
    title: str,
    help: str,  # noqa: A002  # the plain word; this module never asks for help
    *,
    default: Any = PydanticUndefined,  # noqa: ANN401  # as pydantic.Field
    example: str = "",
    relation: tuple[str, ...] = (),
    inverse: str = "",
    organ: bool = False,
    file: bool = False,
    vocabulary: str = "",
    header: int = 0,
    facet: bool = False,
    weight: int = 0,
    internal: bool = False,
) -> Any:  # noqa: ANN401  # as pydantic.Field
    """Declare a field: official Chinese label, advice to the editor, and its FieldNote."""
    note = FieldNote(relation, inverse, organ, file, vocabulary, header, facet, weight, internal)
    return Field(
        default=default,
        title=title,
        description=help,
        examples=[example] if example else None,
        json_schema_extra={"x-gongkai": _plain(note)},
    )


def _plain(note: FieldNote) -> dict[str, Any]:
    """What a note says, fit for a JSON Schema: lists for tuples, nothing that is empty."""
    said = {key: value for key, value in vars(note).items() if value}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}


def note_of(info: FieldInfo) -> FieldNote:
    """The FieldNote of a field that was declared with `field`."""
    extra = info.json_schema_extra
    stored: dict[str, Any] = {}
    if isinstance(extra, dict):
        stored = cast("dict[str, Any]", extra.get("x-gongkai", {}))
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
    return FieldNote(**values)


def label_of(model: type[BaseModel], key: str) -> str:
    """A field as messages name it: `发文字号（number）`; just the key if it has no label."""
    info = model.model_fields.get(key)
    return f"{info.title}（{key}）" if info and info.title else key


def fault(message: str, remedy: str, *way: int) -> PydanticCustomError:
    """A value that its field cannot take, in the words that the editor will read.

    `way` leads on from the field to the one item of a list that is at fault.
    """
    said = {"message": message, "remedy": remedy, "way": way}
    return PydanticCustomError("fault", "{message}", said)


def _parse_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _WRITTEN_DATE.fullmatch(value.strip())
    if not found:
        raise fault(f"“{value}”不是日期", "写成 2021-07-12 的样子")
    day = _real_day(found)
    if value != day.isoformat():
        raise fault(f"日期“{value}”的写法不对", f"照此填写：{day.isoformat()}")
    return day


def _real_day(found: re.Match[str]) -> date:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise fault(
            f"“{found[0]}”不是实际存在的日期", "核对年、月、日，写成 2021-07-12 的样子"
        ) from None


def _parse_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    found = _WRITTEN_DATE.match(text)
    if not found:
        raise fault(f"“{value}”不是日期", "写成 2021-07-15 09:30 的样子")
    day, written = _real_day(found), text[found.end() :]
    moment = datetime.combine(day, _clock(value, written.strip(" T")))
    if found[0] != day.isoformat() or (written and written[0] not in " T"):
        right = f"{day.isoformat()} {moment:%H:%M}" if written else day.isoformat()
        raise fault(f"“{value}”的写法不对", f"照此填写：{right}")
    return moment


def _clock(value: str, text: str) -> time:
    if not text:
        return time()
    found = _WRITTEN_TIME.fullmatch(text)
    try:
        hour, minute = map(int, found.groups()) if found else (99, 99)
        return time(hour, minute)
    except ValueError:
        raise fault(
            f"“{value}”里的时刻不对", "写成 2021-07-15 09:30 的样子，时刻用24小时制"
        ) from None


def _parse_flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value in {"true", "是"}:
        return True
    if value in {"false", "否"}:
        return False
    raise fault(f"“{value}”不是“是”或“否”", "写 true（是）或 false（否）")


def _parse_whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"\d{1,6}", value):
        return int(value)
    raise fault(f"“{value}”不是整数", "写一个整数，例如：10")


def _as_list(value: object) -> object:
    return [value] if isinstance(value, (str, dict)) else value


def _no_repeats(values: tuple[Any, ...]) -> tuple[Any, ...]:
    for place, value in enumerate(values):
        if value in values[:place]:
            raise fault(f"“{value}”写了两次", "删去一处", place)
    return values


def _check_document_number(value: str) -> str:
    if identifiers.parse_document_number(value):
        return value
    repaired = identifiers.repair_document_number(value)
    advice = (
        f"照此填写：{repaired}" if repaired else "写成 尧政发〔2021〕5号 的样子，年份用六角括号〔〕"
    )
    raise fault(f"“{value}”的写法不对", advice)


def _check_index_number(value: str) -> str:
    if identifiers.is_index_number(value):
        return value
    raise fault(
        f"“{value}”的写法不对，或其中的统一社会信用代码校验不通过",
        "写成 11141002MB0X000199/2021-00015 的样子：统一社会信用代码/年份-五位流水号",
    )


def _check_credit_code(value: str) -> str:
    if identifiers.is_credit_code(value):
        return value
    right = ""
    body = value[:-1].upper()
    if len(value) == 18 and all(c in "0123456789ABCDEFGHJKLMNPQRTUWXY" for c in body):  # noqa: PLR2004  # GB 32100's length
        right = f"；若前17位无误，末位应为{identifiers.credit_check_character(body)}"
    raise fault(
        f"“{value}”不是有效的统一社会信用代码（18位，末位为校验码）", f"照证书逐位核对{right}"
    )


def _check_document_id(value: str) -> str:
    if re.fullmatch(DOCUMENT_ID, value):
        return value
    bare = value.strip().removeprefix("content/").removesuffix(".md").strip("/")
    advice = bare if re.fullmatch(DOCUMENT_ID, bare) else "policies/2021/2021-015 的样子"
    raise fault(f"“{value}”不是文件的编号", f"写成 {advice}（栏目/年份/文件名，不带 .md）")


def term(vocabulary: str) -> AfterValidator:
    """A validator: the text must be a word of this vocabulary, if one is known."""

    def check(value: str, info: ValidationInfo) -> str:
        known = info.context[vocabulary] if isinstance(info.context, Vocabularies) else None
        if known is None or not known.readable or value in known:
            note(f"{WORD} {vocabulary} {value}")
            return value
        raise fault(f"“{value}”不在可选范围内", choices_advice(value, known.names, vocabulary))

    return AfterValidator(check)


def choices_advice(value: str, names: tuple[str, ...], vocabulary: str = "") -> str:
    """Near misses first; else the choices, or the file that lists them when they are many."""
    near = (
        get_close_matches(value, names, n=3, cutoff=0.5)
        or [n for n in names if value and (value in n or n.endswith(SEPARATOR + value))][:3]
    )
    if near:
        return f"是不是想写：{'、'.join(near)}"
    where = f"（词表：content/vocabularies/{vocabulary}.yaml）" if vocabulary else ""
    shown = "、".join(names[:20]) + ("……" if len(names) > 20 else "")  # noqa: PLR2004  # a screenful
    return f"可选：{shown}{where}"


def _check_file_name(value: str) -> str:
    if "/" in value or "\\" in value or value.startswith(".") or value != value.strip():
        raise fault(f"“{value}”不是文件名", "附件放在本文件旁边，只写文件名，例如：附件1.xlsx")
    return value


def _check_address(value: str) -> str:
    if re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[^\s\"<>]*)?", value):
        return value
    raise fault(f"“{value}”不是网址", "写完整的网址，以 https:// 开头")


def _check_sha256(value: str) -> str:
    if re.fullmatch(r"[0-9a-f]{64}", value):
        return value
    raise fault(f"“{value}”不是 SHA-256 摘要", "写64位小写的十六进制数")


def _check_anchor(value: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", value):
        return value
    raise fault(f"“{value}”不能用作编号", "只用英文字母、数字和 - . _")


def _check_key(value: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        return value
    raise fault(f"“{value}”不能用在网址里", "只用小写英文字母、数字和减号")


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[date, BeforeValidator(_parse_day)]
Moment = Annotated[datetime, BeforeValidator(_parse_moment)]
Flag = Annotated[bool, BeforeValidator(_parse_flag)]
Whole = Annotated[int, BeforeValidator(_parse_whole)]
Number = Annotated[str, AfterValidator(_check_document_number)]
IndexNumber = Annotated[str, AfterValidator(_check_index_number)]
CreditCode = Annotated[str, AfterValidator(_check_credit_code)]
DocumentId = Annotated[str, AfterValidator(_check_document_id)]
FileName = Annotated[str, AfterValidator(_check_file_name)]
Address = Annotated[str, AfterValidator(_check_address)]
Sha256 = Annotated[str, AfterValidator(_check_sha256)]
Anchor = Annotated[str, AfterValidator(_check_anchor)]
Key = Annotated[str, AfterValidator(_check_key)]
Listed = BeforeValidator(_as_list)
Unique = AfterValidator(_no_repeats)
Texts = Annotated[tuple[Text, ...], Listed, Unique]
DocumentIds = Annotated[tuple[DocumentId, ...], Listed, Unique]


@cache
def declared(model: type[BaseModel]) -> tuple[tuple[str, FieldInfo, FieldNote], ...]:
    """Key, pydantic's FieldInfo and our FieldNote of every field, in declared order."""
    return tuple((key, info, note_of(info)) for key, info in model.model_fields.items())


@cache
def declared_as(model: type[BaseModel], trait: str) -> tuple[tuple[str, FieldNote], ...]:
    """Key and note of those fields whose note says something of a trait: `organ`, `relation`."""
    return tuple((key, note) for key, _, note in declared(model) if getattr(note, trait))
