"""Bytes of a file → its text, or the problem that stands in the way.

Apart from `front_matter`, because most builds decode tables and lists but compose no YAML.
"""

from __future__ import annotations

import re

from plugins.problems import Mark, Problem, mark_at

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]"
)


def decode(path: str, data: bytes) -> str | Problem:
    r"""Text of a file with `\n` line ends; a Problem if it is not clean UTF-8."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return Problem(path, Mark(), "文件是 UTF-16 编码", _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(path, Mark(line), f"文件不是 UTF-8 编码{_guess(data)}", _SAVE_AS_UTF8)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        mark = mark_at(text, found.start())
        name = f"U+{ord(found[0]):04X}"
        return Problem(
            path, mark, f"这里有一个看不见的控制字符（{name}）", "删去这个字符，重新输入前后的字"
        )
    return text


_SAVE_AS_UTF8 = "用记事本打开，点“文件—另存为”，编码选 UTF-8 后保存"


def _guess(data: bytes) -> str:
    if b"\0" in data:
        return "（像是 UTF-16 编码）"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "（像是 GBK 编码）"
