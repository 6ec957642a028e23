"""The same issue gives the same bytes wherever it is made, and no name in it is drawn wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.county import POLICY, ROOT, ContentError, build, tree_of, write_county
from tests.gazette.test_gazette import FILES, PDF

BUILDS = (
    "import os, sys; from pathlib import Path; from tests.county import build; "
    "os.umask(int(sys.argv[3], 8)); build(Path(sys.argv[1]), Path(sys.argv[2]))"
)
PLACES = (
    ("甲", "022", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}),
    ("second place", "077", {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "99"}),
)

_NOWHERE = "\U00032000"
"""A character of 扩展 J, which no font of ours has yet."""


def _with_name(name: str) -> dict[str, str]:
    return {"policies/2021/2021-005.md": POLICY.replace("居民用水", f"经办人{name}，居民用水")}


def test_folder_time_zone_locale_umask_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    found = []
    for name, umask, around in PLACES:
        folder = tmp_path / name
        content = write_county(folder / "content", FILES)
        words = [sys.executable, "-c", BUILDS, str(content), str(folder / "output"), umask]
        home = {"HOME": str(folder)}
        subprocess.run(words, cwd=ROOT, env=os.environ | around | home, check=True)
        found.append(tree_of(folder / "output"))

    one, other = found
    assert {Path(path).suffix for path in one} >= {".pdf", ".epub"}
    assert one == other


@pytest.mark.parametrize("name", ["𬭸", "䶮", "𠅤", "㐆"])
def test_a_rare_name_is_drawn_in_the_body(tmp_path: Path, name: str) -> None:
    assert name in _fonts_of(tmp_path, _with_name(name))


def test_what_the_face_of_a_heading_lacks_is_drawn_in_the_next_one(tmp_path: Path) -> None:
    heading = POLICY.replace("居民用水", "### （一）㐆𬭸\n\n居民用水")

    fonts = _fonts_of(tmp_path, {"policies/2021/2021-005.md": heading})

    assert "Noto-Serif-SC" in fonts["㐆"]
    assert "LXGW-WenKai" in fonts["𬭸"]


def test_a_name_that_no_face_has_is_told_with_document_and_line(tmp_path: Path) -> None:
    text = _with_name(_NOWHERE)["policies/2021/2021-005.md"]
    content = write_county(tmp_path / "content", FILES | _with_name(_NOWHERE))

    with pytest.raises(ContentError) as error:
        build(content, tmp_path / "output")

    line = text[: text.index(_NOWHERE)].count("\n") + 1
    problem = error.value.problems[0]
    assert f"“{_NOWHERE}”（U+{ord(_NOWHERE):04X}）" in problem.message
    assert (problem.path, problem.mark.line) == ("content/policies/2021/2021-005.md", line)
    assert not (tmp_path / "output").exists()


def _fonts_of(folder: Path, changed: dict[str, str]) -> dict[str, str]:
    """Character of the issue's PDF → the font that it is drawn in."""
    build(write_county(folder / "content", FILES | changed), folder / "output")
    found: dict[str, str] = {}

    def note(text: str, _one: object, _other: object, font: dict[str, str], _size: object) -> None:
        found.update(dict.fromkeys(text, (font or {}).get("/BaseFont", "")))

    for page in PdfReader(folder / PDF).pages:
        page.extract_text(visitor_text=note)
    return found
