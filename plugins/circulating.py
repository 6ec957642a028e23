"""`make circular`: 报送刊登情况通报 as a PDF, to be handed round inside the government.

The table is that of `make report`; only this needs fonts and what typesets. It is never published.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from plugins import submissions
from plugins.checking import unusable
from plugins.folders import THEME, Folders, write_whole
from plugins.outputs import Report
from plugins.publishing.environment import standalone
from plugins.publishing.printing import Press
from plugins.records.registers import Submission
from plugins.reporting import asked_for
from plugins.settings import Settings
from plugins.typesetting import PreflightError, Sheet, UnequippedError
from plugins.views import Imprint

_TEMPLATE = "print/report.html"
_NO_REGISTER = (
    f"没有报送台账 content/{Submission.file}，出不了通报\n    改法：照编辑手册建好台账，再运行一次"
)


def command(options: argparse.Namespace) -> int:
    """Write the circular of a period: the target `circular`."""
    asked = asked_for(options)
    if asked is None:
        return 1
    library, settings = asked
    report = next(submissions.reports(library, settings), None)
    if report is None:
        print(_NO_REGISTER, file=sys.stderr)
        return 1
    file: Path = options.report / f"{report.name}.pdf"
    folders = Folders(options.content, options.output, THEME, options.cache)
    try:
        data = as_pdf(report, settings, folders)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)
    except (PreflightError, UnequippedError) as fault:
        print("\n".join(f"{f.message}\n    改法：{f.remedy}" for f in fault.flaws), file=sys.stderr)
        return 1
    except OSError as fault:
        print(unusable(fault), file=sys.stderr)
        return 1
    print(f"【{report.title}】已写 {file}，供内部印发，不对外公开。")
    return 0


def as_pdf(report: Report, settings: Settings, folders: Folders) -> bytes:
    """A report's table as PDF. Raises PreflightError if it has flaws, as a character without form.

    Its day is the build's date: of the same content and date the bytes are the same.
    """
    press = Press(folders.theme / "print", folders.printed, settings.county.fonts)
    environment = standalone(folders.theme / "templates")
    page = environment.get_template(_TEMPLATE).render(
        page={"title": report.title, "description": report.note},
        imprint=Imprint(settings.county.authority, (), settings.now),
        report=report,
        sample=settings.county.sample,
    )
    return press.printed(press.set(Sheet(page, press.style, settings.absolute(""))))
