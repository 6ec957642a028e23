"""Pango's declarations are parsed once; what is kept gives the same PDFs, or is not used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from plugins.typesetting import declarations
from plugins.typesetting.declarations import declarations_kept
from tests.county import ROOT

SOURCE = "typedef ... FILE; int abs(int j); double atof(const char *text);"
PROGRAM = """
import sys
from pathlib import Path
import weasyprint
from plugins.typesetting import Sheet, find_faces, typeset
text = "<html lang='zh'><title>甲</title><h1>甲</h1>" + "<p>某县“2021”年公报，第1号。</p>" * 9
style = "html { font: 11pt 宋体; text-align: justify }"
sheet = Sheet(text, style, "https://www.example.gov.cn/")
sys.stdout.buffer.write(typeset(sheet, find_faces(), Path(sys.argv[1])))
print("pycparser" in sys.modules, file=sys.stderr)
"""


def _set(first: str, folder: Path) -> tuple[bytes, str]:
    """A PDF from a process of its own, and whether that parsed C."""
    words = [sys.executable, "-c", PROGRAM.replace("import weasyprint", first), str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    return done.stdout, done.stderr.decode().strip()


def _atof(folder: Path) -> float:
    import cffi  # noqa: PLC0415  # while another one stands for it

    with declarations_kept(folder):
        ffi = cffi.FFI()
    ffi.cdef(SOURCE)
    value: float = ffi.dlopen(None).atof(b"2.5")
    return value


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What cffi has parsed."""
    sources: list[str] = []
    written = declarations._written_by_cffi

    def noted(source: str) -> str:
        sources.append(source)
        return written(source)

    monkeypatch.setattr(declarations, "_written_by_cffi", noted)
    return sources


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere cffi looks for the libraries")
def test_a_pdf_is_the_same_whether_c_was_parsed_now_or_before(tmp_path: Path) -> None:
    plain, by_cffi = _set("import weasyprint", tmp_path)
    first, at_first = _set("", tmp_path)
    second, at_second = _set("", tmp_path)

    assert (by_cffi, at_first, at_second) == ("True", "True", "False")
    assert plain == first == second


def test_other_declarations_are_parsed(tmp_path: Path, parsed: list[str]) -> None:
    declarations._module("int abs(int j);", tmp_path)

    assert _atof(tmp_path) == 2.5
    assert parsed == ["int abs(int j);", SOURCE]


def test_declarations_are_parsed_once_for_a_folder(tmp_path: Path, parsed: list[str]) -> None:
    assert _atof(tmp_path) == _atof(tmp_path) == 2.5
    assert parsed == [SOURCE]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"# no digest\nimport os\n", b"\xff"])
def test_what_is_damaged_is_parsed_again(tmp_path: Path, parsed: list[str], damage: bytes) -> None:
    _atof(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for kept in (damage, whole[:-9], whole.replace(b"atof", b"atoi")):
        file.write_bytes(kept)

        assert _atof(tmp_path) == 2.5

        assert file.read_bytes() == whole
    assert len(parsed) == 4


def test_where_nothing_can_be_kept_it_works_all_the_same(tmp_path: Path) -> None:
    assert _atof(tmp_path / "missing") == 2.5


def test_afterwards_cffi_is_what_it_was(tmp_path: Path) -> None:
    import cffi  # noqa: PLC0415  # looked at before and after

    before = cffi.FFI
    with declarations_kept(tmp_path):
        pass

    assert cffi.FFI is before
