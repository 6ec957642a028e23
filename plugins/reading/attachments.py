"""The text of an attachment, hidden parts included, for the personal-data scanner.

Office files are read straight from their XML: that is how hidden sheets, deleted words, text
boxes, notes, cached charts and embedded workbooks come to light, which document libraries
leave out. Document types (DTDs), and with them entity bombs, are refused; every archive and
PDF is read within fixed limits. Pictures, sound and video have no text, nor has a scanned PDF.
"""

from __future__ import annotations

import html
import json
import logging
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import PdfObject, StreamObject

from plugins.reading.media import LABELS, by_suffix, suffix_of

_MEBIBYTE = 2**20
_MOST_TEXT = 128 * _MEBIBYTE
_MOST_MEMBERS = 10_000
_DEEPEST = 3
_PDF_STREAM = 32 * _MEBIBYTE
_PDF_LIMITS = Configuration(
    maximum_declared_stream_length=_PDF_STREAM,
    array_based_stream_maximum_output_length=_PDF_STREAM,
    zlib_maximum_output_length=_PDF_STREAM,
    lzw_maximum_output_length=_PDF_STREAM,
    run_length_maximum_output_length=_PDF_STREAM,
    brotli_maximum_output_length=_PDF_STREAM,
)
_PDF_NOTE_KEYS = ("/Contents", "/RC", "/T", "/TU", "/Subj", "/V", "/DV")
_PDF_FIELD_KEYS = ("/T", "/TU", "/TM", "/V", "/DV")
_HIDDEN = re.compile(rb"(?<![0-9.])3\s+Tr\b")
_OLD_BINARY = b"\xd0\xcf\x11\xe0"

_DAMAGED = "文件已损坏，或内容与扩展名不符，请在本机打开确认后重新保存"
_ENCRYPTED = "文件设有密码或权限保护，无法检查个人信息，请取消保护后重新保存"
_OLD_FORMAT = "旧格式文件无法检查个人信息，请用 WPS 或 Office 另存为 docx、xlsx 或 PDF"
_OTHER_ARCHIVE = "这种压缩包无法检查个人信息，请改用 zip 压缩"
_NESTED = "压缩包里还有压缩包，无法检查个人信息，请解开后重新打包或分别上传"
_TOO_LARGE = "展开后的内容过大，无法检查个人信息，请拆成几个文件"
_UNSAFE = "文件含有不安全的 XML 声明（DOCTYPE），请用 WPS 或 Office 重新保存"
_ENCODING = "文字编码无法识别，请另存为 UTF-8 编码"

_REFUSED = by_suffix(
    ("doc dot xls xlt xlsb ppt pps pot wps wpt et ett dps dpt rtf", _OLD_FORMAT),
    ("rar 7z tar gz tgz bz2 xz", _OTHER_ARCHIVE),
)
_WEB_PAGES = frozenset({"html", "htm", "xhtml"})
_DRAWINGS = frozenset({"svg", "xml"})
_ACTIVE = re.compile(
    r"<(?:[\w-]+:)?(?:script|foreignObject|iframe)\b|\son[a-z]+\s*=|javascript:|<!ENTITY"
    r"|<\?xml-stylesheet",
    re.IGNORECASE,
)

_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|font|mark|code|small|sub|sup|ins|del|tspan|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_LINE_TAG = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_JSON_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][+-]?[0-9]{1,2})?")
_MOST_DIGITS = 30
_TELLING_ATTRIBUTES = frozenset(
    {"alt", "author", "descr", "display", "displayName", "name", "Target", "title", "tooltip", "v"}
)
_SHORTEST_PERSONAL_NUMBER = 11
_RUNNING = frozenset({"t", "delText", "instrText", "delInstrText", "span", "a", "v"})
_AFTER = {"v": "\t", "c": "\t", "tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n"}
_BLOCKS = frozenset({"p", "h", "si", "row", "tr", "comment", "TextObject"})


class UnreadableAttachment(Exception):  # noqa: N818  # a state of a file, no fault of ours
    """An attachment that cannot be searched; `reason` tells an editor why and what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class _Room:
    """What is left for one attachment: bytes of expanded content, and levels to go down."""

    def __init__(self) -> None:
        self.left = _MOST_TEXT
        self.depth = 0

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UnreadableAttachment(_TOO_LARGE)

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """One level down; what goes wrong there is told with the member's name."""
        self.depth += 1
        try:
            yield
        except UnreadableAttachment as error:
            raise UnreadableAttachment(f"其中的“{name}”：{error.reason}") from error
        finally:
            self.depth -= 1


def unfit(name: str, data: bytes) -> str:
    """Why a file may not lie on a government site, in Chinese; '' if it may.

    Only kinds of file that citizens can open are taken, and none that a browser would run.
    """
    suffix = suffix_of(name)
    if suffix in _WEB_PAGES:
        return "网页文件不能作附件：内容写进正文，或另存为 PDF"
    if suffix not in LABELS:
        kinds = "PDF、Word、Excel、图片、音视频、压缩包等"
        return f"这种文件不能作附件，可以用：{kinds}"
    if suffix in _DRAWINGS and _ACTIVE.search(_decoded(data)):
        return "图片或数据文件里有脚本，打开时会运行：用画图软件另存一份干净的"
    return ""


def text_of(name: str, data: bytes) -> str:
    """All text in an attachment, hidden parts and properties included; order is not the page's.

    Args:
        name: File name; its suffix decides how the data is read.
        data: Content of the file.

    Returns:
        The text; empty for pictures, sound, video and unknown kinds.

    Raises:
        UnreadableAttachment: The file is damaged, encrypted, too large or of a kind that
            cannot be searched.
    """
    with _known_faults():
        text = "\n\n".join(_texts(name, data, _Room()))
    return text.encode("utf-8", "replace").decode("utf-8")


class PageText(NamedTuple):
    """The text of one page of a PDF."""

    text: str
    is_hidden: bool
    """Whether some text is drawn invisibly: recognized text behind the picture of a page."""


def pages_of(data: bytes) -> list[PageText]:
    """The text of a PDF page by page.

    Raises:
        UnreadableAttachment: as `text_of`.
    """
    with _known_faults(), _without_warnings(), apply_configuration(_PDF_LIMITS):
        return [_page_text(page, _Room()) for page in _opened(data).pages]


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableAttachment(_ENCRYPTED)
    return reader


@contextmanager
def _known_faults() -> Iterator[None]:
    """Whatever a library raises is a file that cannot be read."""
    try:
        yield
    except UnreadableAttachment:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableAttachment(_ENCRYPTED) from error
    # Malformed files make the libraries raise nearly every built-in exception.
    except Exception as error:
        raise UnreadableAttachment(_DAMAGED) from error


def _page_text(page: PageObject, room: _Room) -> PageText:
    contents = page.get_contents()
    drawn = contents.get_data() if contents is not None else b""
    room.take(len(drawn))
    text = page.extract_text()
    room.take(len(text))
    return PageText(text, _HIDDEN.search(drawn) is not None)


def _texts(name: str, data: bytes, room: _Room) -> Iterable[str]:
    suffix = suffix_of(name)
    if room.depth > _DEEPEST:
        raise UnreadableAttachment(_NESTED)
    if suffix in _REFUSED:
        raise UnreadableAttachment(_REFUSED[suffix])
    read = _READERS.get(suffix)
    return read(data, room) if read else ()


def _plain_texts(data: bytes, _room: _Room) -> Iterable[str]:
    return [_decoded(data)]


def _json_texts(data: bytes, _room: _Room) -> Iterable[str]:
    return [_JSON_ESCAPE.sub(lambda escape: str(json.loads(f'"{escape[0]}"')), _decoded(data))]


def _markup_texts(data: bytes, _room: _Room) -> Iterable[str]:
    return _markup(_decoded(data))


def _markup(source: str) -> Iterator[str]:
    """What a browser shows, then the tags and comments themselves for what they carry."""
    shown = _LINE_TAG.sub("\n", _INLINE_TAG.sub("", source))
    yield html.unescape(_TAG.sub("\n\n", shown))
    yield html.unescape("\n\n".join(_TAG.findall(source)))


def _decoded(data: bytes) -> str:
    utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableAttachment(_ENCODING)


def _archive_texts(data: bytes, room: _Room) -> Iterable[str]:
    if room.depth:
        raise UnreadableAttachment(_NESTED)
    with ZipFile(BytesIO(data)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in _members(archive):
            yield member.filename
            yield from _member_texts(archive, member, room)


def _package_texts(data: bytes, room: _Room) -> Iterable[str]:
    if data.startswith(_OLD_BINARY):
        raise UnreadableAttachment(_ENCRYPTED)
    with ZipFile(BytesIO(data)) as archive:
        members = _members(archive)
        if not any(suffix_of(member.filename) == "xml" for member in members):
            raise UnreadableAttachment(_DAMAGED)
        for member in members:
            if _is_xml_part(member.filename):
                yield _xml_text(_content(archive, member, room))
            else:
                yield from _member_texts(archive, member, room)


def _is_xml_part(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _members(archive: ZipFile) -> list[ZipInfo]:
    """The files inside, without the shadow files that macOS adds."""
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    if len(members) > _MOST_MEMBERS:
        raise UnreadableAttachment(_TOO_LARGE)
    return members


def _member_texts(archive: ZipFile, member: ZipInfo, room: _Room) -> Iterable[str]:
    suffix = suffix_of(member.filename)
    if suffix in _READERS or suffix in _REFUSED:
        with room.inside(member.filename):
            yield from _texts(member.filename, _content(archive, member, room), room)


def _content(archive: ZipFile, member: ZipInfo, room: _Room) -> bytes:
    """A member's bytes, never more than there is room for, whatever its header says."""
    if member.flag_bits & 1:
        raise UnreadableAttachment(_ENCRYPTED)
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableAttachment(_OTHER_ARCHIVE)
    with archive.open(member) as stream:
        content = stream.read(room.left + 1)
    room.take(len(content))
    return content


def _xml_text(part: bytes) -> str:
    text = _XmlText()
    text.read(part)
    return text.result()


class _XmlText:
    """Collects the text of one XML part, by local names only: Office, ODF and OFD share them.

    Runs of a paragraph are put together, paragraphs and cells are kept apart. A shared string
    of a workbook is read once, in its own part, not for each cell that shows it.
    """

    def __init__(self) -> None:
        self._out: list[str] = []
        self._attributes: list[str] = []
        self._pending: list[str] = []
        self._cell_type = ""

    def read(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pending.append
        parser.Parse(part, True)  # noqa: FBT003  # expat takes no keywords

    def result(self) -> str:
        return "".join(self._out) + "\n\n".join(self._attributes)

    def _doctype(self, *_declaration: object) -> None:
        raise UnreadableAttachment(_UNSAFE)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush(_local(tag))
        if _local(tag) == "c":
            self._cell_type = attributes.get("t", "")
        for key, value in attributes.items():
            if _local(key) in _TELLING_ATTRIBUTES or _may_hold_number(value):
                self._attributes.append(_in_full(value))

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name == "v" and self._cell_type == "s":
            self._pending.clear()
        written = self._flush(name)
        if name == "c":
            self._cell_type = ""
        if name in _BLOCKS or (written and name not in _RUNNING):
            self._out.append("\n\n")
        self._out.append(_AFTER.get(name, ""))

    def _flush(self, name: str) -> bool:
        """Write what stands before this tag; indentation between tags is not text."""
        text = "".join(self._pending)
        self._pending.clear()
        if not text or (name not in _RUNNING and not text.strip()):
            return False
        self._out.append(_in_full(text) if name == "v" else text)
        return True


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _may_hold_number(value: str) -> bool:
    return (
        len(value) >= _SHORTEST_PERSONAL_NUMBER
        and sum(map(str.isdigit, value)) >= _SHORTEST_PERSONAL_NUMBER
    )


def _in_full(text: str) -> str:
    """1.2E+10 as 12000000000; any other text as it is."""
    if not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text)
    if not 0 <= number.adjusted() < _MOST_DIGITS:
        return text
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _pdf_texts(data: bytes, room: _Room) -> Iterable[str]:
    with _without_warnings(), apply_configuration(_PDF_LIMITS):
        reader = _opened(data)
        texts = [text for page in reader.pages for text in _page_texts(page, room)]
        texts += _pdf_properties(reader)
        texts += _pdf_form_texts(reader, room)
        for file in reader.attachment_list:
            with room.inside(file.name):
                room.take(len(file.content))
                texts += [file.name, *_texts(file.name, file.content, room)]
    return texts


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Silence for the flaws that pypdf mends and logs in English: no editor can act on them."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _page_texts(page: PageObject, room: _Room) -> Iterator[str]:
    contents = page.get_contents()
    if contents is not None:
        room.take(len(contents.get_data()))
    text = page.extract_text()
    room.take(len(text))
    yield text
    notes = _entry(page, "/Annots")
    for reference in notes if isinstance(notes, list) else ():
        note = reference.get_object()
        yield from _pdf_values(note, _PDF_NOTE_KEYS)
        yield from _pdf_values(_entry(note, "/A"), ("/URI",))


def _entry(holder: object, key: str) -> object:
    """An entry of a PDF dictionary, looked up if it stands elsewhere; None if there is none."""
    value = holder.get(key) if isinstance(holder, dict) else None
    return value.get_object() if isinstance(value, PdfObject) else value


def _pdf_values(holder: object, keys: Iterable[str]) -> Iterator[str]:
    values = (_entry(holder, key) for key in keys)
    return (str(value) for value in values if value is not None)


def _pdf_properties(reader: PdfReader) -> Iterator[str]:
    yield from _pdf_values(reader.metadata, reader.metadata or ())
    metadata = _entry(reader.root_object, "/Metadata")
    if isinstance(metadata, StreamObject):
        yield from _markup(metadata.get_data().decode("utf-8", "replace"))
    yield from _outline_titles(reader.outline)


def _outline_titles(outline: Iterable[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _outline_titles(entry)
        else:
            yield str(entry.title)


def _pdf_form_texts(reader: PdfReader, room: _Room) -> Iterator[str]:
    for name, field in (reader.get_fields() or {}).items():
        yield name
        yield from _pdf_values(field, _PDF_FIELD_KEYS)
    for part in (reader.xfa or {}).values():
        room.take(len(part or b""))
        yield from _markup((part or b"").decode("utf-8", "replace"))


_READERS: dict[str, Callable[[bytes, _Room], Iterable[str]]] = by_suffix(
    ("txt md csv tsv yaml yml vtt", _plain_texts),
    ("json geojson", _json_texts),
    ("html htm xhtml svg xml vml opf ncx", _markup_texts),
    ("docx docm dotx dotm xlsx xlsm xltx xltm pptx pptm ppsx potx", _package_texts),
    ("odt ods odp ofd", _package_texts),
    ("zip epub", _archive_texts),
    ("pdf", _pdf_texts),
)
