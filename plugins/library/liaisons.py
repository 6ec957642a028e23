"""联络员 of the 政府公报: which unit has one on the build's date (国办发〔2018〕22号)."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.library.library import Library
from plugins.library.registers import problems_of_register, register_of
from plugins.problems import Problem, Severity, some
from plugins.reading.registers import Entered, Register
from plugins.records.registers import Liaison
from plugins.settings import Settings

REMINDER = Severity.REMINDER


def serving(library: Library, settings: Settings) -> dict[str, list[Entered[Liaison]]]:
    """Unit → those who are its 联络员 on the build's date; only units that have one."""
    found: dict[str, list[Entered[Liaison]]] = {}
    for entered in register_of(library, Liaison).rows:
        said = entered.said
        ended = said.until is not None and settings.reached(said.until)
        if settings.reached(said.since) and not ended:
            found.setdefault(said.unit, []).append(entered)
    return found


def units_have_one_liaison(library: Library, settings: Settings) -> Iterator[Problem]:
    """Every unit that issues papers has one 联络员; nothing is asked without a register."""
    if not library.has_file(Liaison.file):
        return
    register = register_of(library, Liaison)
    yield from problems_of_register(register, library)
    if register.problems:  # a row that cannot be read may be the one that is missed
        return
    now = serving(library, settings)
    for unit, entered in now.items():
        for again in entered[1:]:
            yield register.problem(
                again,
                f"“{unit}”有两位在任的联络员（第 {entered[0].row.line} 行已有）",
                "给先前的一位填上停用日期；只留一位",
                "unit",
            )
    yield from _without(register, library, now)


def _without(
    register: Register[Liaison], library: Library, now: dict[str, list[Entered[Liaison]]]
) -> Iterator[Problem]:
    """Units whose 联络员 have all ended or not yet begun; organs that were never entered."""
    last = {entered.said.unit: entered for entered in register.rows}
    for unit, entered in last.items():
        if unit not in now:
            yield register.problem(
                entered,
                f"“{unit}”现在没有在任的联络员",
                "请这个单位指定一位，加一行，停用日期空着",
                "unit",
                REMINDER,
            )
    issuing = [name for name in library.values("policies.issuer") if library.organ(name)]
    if missing := sorted(set(issuing) - last.keys()):
        yield register.table.problem(
            None,
            f"{some(f'“{name}”' for name in missing)}发过文件，没有登记联络员",
            "请没有的单位各指定一位，每位加一行",
            "单位",
            REMINDER,
        )
