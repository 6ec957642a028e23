"""The office's registers for the gazette as the library has them (`plugins.records.registers`)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TypeVar

from plugins.library.library import Library
from plugins.problems import Problem, gathered
from plugins.reading.registers import Register, read_register
from plugins.reading.table import Table
from plugins.records import Organ
from plugins.records.registers import Row

R = TypeVar("R", bound=Row)


def register_of(library: Library, kind: type[R]) -> Register[R]:
    """The register of a kind; without rows while there is no such file, or it cannot be read."""

    def read() -> Register[R]:
        if not library.has_file(kind.file):
            return Register(Table(kind.file, (), ()))
        return read_register(library.table(kind.file), kind)

    return library.once(f"register {kind.file}", read)


def problems_of_register(register: Register[R], library: Library) -> Iterator[Problem]:
    """What is wrong with single rows; 单位 are organs of this county, by their full names.

    While a file of 机构 has errors, its name may be the one that is looked for: nothing is said.
    """
    yield from register.problems
    if any(i.startswith(f"{Organ.folder}/") for i in library.unread):
        return
    yield from gathered(
        register.problem(
            entered,
            f"没有名为“{entered.said.unit}”的机构",
            _near(entered.said.unit, library),
            "unit",
        )
        for entered in register.rows
        if library.organ(entered.said.unit) is None
    )


def _near(unit: str, library: Library) -> str:
    near = get_close_matches(unit, list(library.values("organ")), 1, 0.6)
    return f"是不是想写：{near[0]}" if near else "写机构的全称，并在 content/organs/ 建页面"
