"""Kinds of files, by their names: what citizens are told they will get."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TypeVar

_Entry = TypeVar("_Entry")


def by_suffix(*rows: tuple[str, _Entry]) -> dict[str, _Entry]:
    """A table from rows of `"doc docx", entry`."""
    return {suffix: entry for suffixes, entry in rows for suffix in suffixes.split()}


LABELS = by_suffix(
    ("pdf", "PDF"),
    ("ofd", "OFD"),
    ("doc docx docm dot dotx", "Word"),
    ("xls xlsx xlsm xlsb xlt xltx", "Excel"),
    ("ppt pptx pps ppsx", "PowerPoint"),
    ("wps wpt", "WPS 文字"),
    ("et ett", "WPS 表格"),
    ("dps dpt", "WPS 演示"),
    ("odt rtf", "文档"),
    ("ods", "表格"),
    ("odp", "演示文稿"),
    ("csv tsv", "CSV 表格"),
    ("json", "JSON 数据"),
    ("xml", "XML 数据"),
    ("txt md", "文本"),
    ("lock", "定版记录"),
    ("html htm xhtml", "网页"),
    ("epub", "电子书"),
    ("png jpg jpeg gif webp bmp tif tiff svg", "图片"),
    ("mp4 webm mov avi mkv wmv", "视频"),
    ("mp3 m4a wav ogg wma flac", "音频"),
    ("vtt", "字幕"),
    ("zip rar 7z tar gz tgz bz2 xz", "压缩包"),
)
"""Every kind of file that may be an attachment."""

PLAYERS = by_suffix(("mp4 webm", "video"), ("mp3 m4a", "audio"))
"""What every browser plays, and the HTML element that plays it."""
PLAYED = frozenset(suffix for suffix, label in LABELS.items() if label in {"视频", "音频"})
"""What not everybody can see or hear: a 文字稿 goes with it."""


def media_label(name: str) -> str:
    """Short name of the file's kind for citizens: PDF, Word, 图片 …."""
    suffix = suffix_of(name)
    return LABELS.get(suffix) or suffix.upper() or "文件"


def suffix_of(name: str) -> str:
    """`pdf` of `附件.PDF`; empty if there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.removeprefix(".").lower()
