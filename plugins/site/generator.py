"""One Pelican generator: check the content, build every feature, publish."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.log import console

from plugins.building import Builder, Built, compiled
from plugins.checking import INTERRUPTED, make_settings, told, unusable
from plugins.folders import Folders
from plugins.problems import report
from plugins.progress import Progress
from plugins.publishing import ForeignOutputError, equip
from plugins.reading.names import SHOWN
from plugins.reading.store import ChangedMeanwhileError
from plugins.settings import Settings

_CLEAN_LINE = "\r\033[2K"


def connect() -> None:
    """Take part in Pelican's run."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Pelican) -> type[Generator]:  # noqa: ARG001  # Pelican's signature
    return FeaturesGenerator


class FeaturesGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Pelican brings the settings, the theme and the environment; the features do the rest."""

    def generate_output(self, writer: object) -> None:  # noqa: ARG002  # Pelican's signature
        """Publish, or say every problem and leave the old site as it is."""
        with _without_spinner():
            self._build()

    def _build(self) -> None:
        try:
            settings = make_settings(self.settings)
        except ValueError:
            _stop(
                f"BUILD_DATE 写的“{self.settings['BUILD_DATE']}”不是日期\n    改法：写成 2021-07-15"
            )
            return
        folders = Folders(
            Path(self.path),
            Path(self.output_path),
            Path(self.theme),
            Path(self.settings["CACHE_PATH"]),
        )
        progress = Progress(is_terminal=sys.stdout.isatty())
        try:
            environment = equip(self.env, settings.base_path, compiled(folders))
            with closing(Builder(folders, environment)) as builder:
                _tell(builder.build(settings, progress), settings, folders, progress)
        except KeyboardInterrupt:
            print("\n被中断，网站可能只改了一部分。\n    改法：再生成一次", file=sys.stderr)
            raise SystemExit(INTERRUPTED) from None
        except OSError as fault:
            if not folders.content.is_dir():
                _stop(f"找不到内容文件夹 {folders.content}\n    改法：在项目文件夹里运行")
            else:
                _stop(unusable(fault))
        except ForeignOutputError:
            _stop(
                f"{folders.output} 里有不是本程序生成的文件，或与内容文件夹套在一起，没有改动它\n"
                "    改法：换一个输出文件夹，或先移走里面的文件"
            )
        except ChangedMeanwhileError as changed:
            _stop(
                f"{SHOWN}/{changed} 在生成过程中被改动，这次没有生成完\n"
                "    改法：保存好以后再生成一次"
            )


@contextmanager
def _without_spinner() -> Iterator[None]:
    """Pelican turns a spinner meanwhile: stop it, and write past it to where it writes itself."""
    out, error = (getattr(s, "rich_proxied_file", s) for s in (sys.stdout, sys.stderr))
    console.quiet = True
    if out.isatty():
        out.write(_CLEAN_LINE)
    try:
        with redirect_stdout(out), redirect_stderr(error):
            yield
    finally:
        console.quiet = False


def _tell(built: Built, settings: Settings, folders: Folders, progress: Progress) -> None:
    if built.checked.problems:
        print(report(built.checked.problems), file=sys.stderr)
    print(told(built.checked, settings))
    done = built.published
    if done is None:
        _stop("网站没有改动，仍是上一次发布的内容。")
        return
    print(
        f"发布完成：读取文件 {built.checked.tree.read} 个；网页 {done.pages} 个，"
        f"重新生成 {done.rendered} 个；文件共 {done.files} 个，写入 {len(done.written)} 个，"
        f"未变 {done.files - len(done.written)} 个，删除 {len(done.removed)} 个。"
    )
    print(f"用时：{progress.summary()}。改动清单：{folders.changes}")


def _stop(message: str) -> None:
    """End the run with exit code 1; under Pelican's autoreload, go on watching instead."""
    print(message, file=sys.stderr)
    watching = any(re.fullmatch(r"--autoreload|-[a-z]*r[a-z]*", a) for a in sys.argv[1:])
    if not watching:
        raise SystemExit(1)
