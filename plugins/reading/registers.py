"""A register that the office keeps as CSV → typed rows, each with its place; or problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from plugins.problems import Problem, Severity
from plugins.reading.document import options_of
from plugins.reading.table import Row, Table
from plugins.records import registers
from plugins.records.base import Part
from plugins.records.fields import choices_advice, declared

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Part)


class Entered(NamedTuple, Generic[R]):
    """A row as it is written, and what it says."""

    row: Row
    said: R


@dataclass(frozen=True)
class Register(Generic[R]):
    """The rows of a register that can be read, in their order, and what is wrong by themselves."""

    table: Table
    rows: tuple[Entered[R], ...] = ()
    problems: tuple[Problem, ...] = ()

    def problem(
        self,
        entered: Entered[R],
        message: str,
        remedy: str,
        key: str,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem in the cell of a row; `key` is the field that declares its column."""
        subject = type(entered.said).model_fields[key].title or ""
        return self.table.problem(entered.row, message, remedy, subject, severity)


def read_register(table: Table, kind: type[R]) -> Register[R]:
    """The rows of a table by the declarations of `kind`; columns may stand in any order."""
    columns = {info.title or key: key for key, info, _ in declared(kind)}
    needed = [info.title or key for key, info, _ in declared(kind) if info.is_required()]
    problems = [*table.problems, *table.header_problems(tuple(columns), needed)]
    rows: list[Entered[R]] = []
    for row in () if problems else table.rows:
        cells = {key: table.cell(row, name) for name, key in columns.items()}
        try:
            said = kind.model_validate({key: cell for key, cell in cells.items() if cell})
        except ValidationError as error:
            problems += _told(table, row, kind, error)
        else:
            rows.append(Entered(row, said))
            problems += _own(table, row, said)
    return Register(table, tuple(rows), tuple(problems))


def _told(table: Table, row: Row, kind: type[R], error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        info = kind.model_fields[str(detail["loc"][0])]
        message, remedy = _words(kind, detail, info.description or "")
        yield table.problem(row, message, remedy, info.title or "")


def _words(kind: type[R], detail: ErrorDetails, description: str) -> tuple[str, str]:
    """Message and remedy of a pydantic error, in the words of whoever keeps the register."""
    context: Mapping[str, object] = detail.get("ctx", {})
    if detail["type"] == "fault":
        return str(context["message"]), str(context["remedy"])
    if detail["type"] == "missing":
        return "没有填写", f"补上：{description}"
    value = str(detail["input"])
    return f"“{value}”不在可选范围内", choices_advice(value, options_of(kind, detail["loc"]))


def _own(table: Table, row: Row, said: Part) -> Iterator[Problem]:
    """What the row itself finds wrong between its cells."""
    for found in said.faults() if isinstance(said, registers.Row) else ():
        subject = type(said).model_fields[str(found.way[0])].title or ""
        severity = Severity.REMINDER if found.reminder else Severity.ERROR
        yield table.problem(row, found.message, found.remedy, subject, severity)
