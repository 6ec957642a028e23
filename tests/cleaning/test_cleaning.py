from argparse import Namespace
from pathlib import Path

import pytest

from plugins.cleaning import MARKER, command


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".cache").mkdir()
    return tmp_path


def clean() -> int:
    return command(Namespace(output=Path("output")))


def test_what_a_build_made_is_removed(project: Path) -> None:
    (project / "output" / "policies").mkdir(parents=True)
    (project / "output" / MARKER).touch()
    (project / "output" / "policies" / "index.html").touch()

    assert clean() == 0

    assert list(project.iterdir()) == []


def test_an_empty_folder_is_removed(project: Path) -> None:
    (project / "output").mkdir()

    assert clean() == 0

    assert list(project.iterdir()) == []


def test_without_an_output_the_cache_is_removed(project: Path) -> None:
    assert clean() == 0

    assert list(project.iterdir()) == []


def test_a_folder_that_no_build_marked_is_left_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "output").mkdir()
    (project / "output" / "重要文件.docx").touch()

    assert clean() == 1

    assert (project / "output" / "重要文件.docx").exists()
    assert (project / ".cache").exists()
    assert "没有删除" in capsys.readouterr().err


def test_a_link_to_another_folder_is_left_alone(project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / MARKER).touch()
    (project / "output").symlink_to("elsewhere")

    assert clean() == 1

    assert (project / "elsewhere" / MARKER).exists()
