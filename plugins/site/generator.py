"""One Pelican generator: check the content, build every feature, publish."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import Generator

from plugins.checking import Checked, check_content, make_settings, told
from plugins.features import FEATURES
from plugins.presenting import site_view
from plugins.problems import report
from plugins.publishing import Published, equip, publish
from plugins.publishing.publish import ForeignOutputError
from plugins.publishing.theme import theme_files
from plugins.settings import Settings


def connect() -> None:
    """Take part in Pelican's run."""
    signals.get_generators.connect(_generators)


def _generators(pelican: Pelican) -> type[Generator]:  # noqa: ARG001  # Pelican's signature
    return FeaturesGenerator


class FeaturesGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Pelican brings the settings, the theme and the environment; the features do the rest."""

    def generate_output(self, writer: object) -> None:  # noqa: ARG002  # Pelican's signature
        """Publish, or say every problem and leave the old site as it is."""
        started = time.perf_counter()
        settings = make_settings(self.settings)
        content = Path(self.path)
        try:
            checked = check_content(content, settings)
        except FileNotFoundError:
            _stop(f"找不到内容文件夹 {content}\n    改法：在项目文件夹里运行")
            return
        if checked.problems:
            print(report(checked.problems), file=sys.stderr)
        print(told(checked, settings))
        if checked.errors:
            _stop("网站没有改动，仍是上一次发布的内容。")
            return
        read = time.perf_counter()
        done = self._publish(checked, settings)
        if done:
            print(_summary(done, read - started, time.perf_counter() - read))

    def _publish(self, checked: Checked, settings: Settings) -> Published | None:
        theme = Path(self.theme)
        outputs = [
            output for feature in FEATURES for output in feature.build(checked.public, settings)
        ]
        environment = equip(self.env, settings.base_path)
        target = Path(self.output_path)
        try:
            return publish(
                [*outputs, *theme_files(theme)],
                environment,
                site_view(checked.public, settings),
                Path(self.path),
                target,
            )
        except ForeignOutputError:
            _stop(
                f"{target} 里有不是本程序生成的文件，或与内容文件夹套在一起，没有改动它\n"
                "    改法：换一个输出文件夹，或先移走里面的文件"
            )
            return None


def _stop(message: str) -> None:
    """End the run with exit code 1; under Pelican's autoreload, go on watching instead."""
    print(message, file=sys.stderr)
    watching = any(re.fullmatch(r"--autoreload|-[a-z]*r[a-z]*", a) for a in sys.argv[1:])
    if not watching:
        raise SystemExit(1)


def _summary(done: Published, reading: float, writing: float) -> str:
    return (
        f"发布完成：网页 {done.pages} 个；文件新写 {done.written} 个，未变 {done.unchanged} 个，"
        f"删除 {done.removed} 个。读取检查 {reading:.1f} 秒，生成 {writing:.1f} 秒。"
    )
