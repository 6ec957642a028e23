"""Only our faces, each by its part, and only files that every reader draws right."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from plugins import installing
from plugins.typesetting import Face, Faces, Sheet, UnequippedError, find_faces, identity, typeset
from plugins.typesetting.faces import unusable
from tests.county import ROOT


def test_without_fonts_it_is_said_which_and_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "FONT_FOLDERS", (str(tmp_path),))

    with pytest.raises(UnequippedError) as error:
        find_faces()

    assert [flaw.message for flaw in error.value.flaws] == [
        f"制作 PDF 要用的字体没有装：{part}" for part in ("小标宋", "宋体", "黑体", "楷体")
    ]
    assert "make setup" in error.value.flaws[0].remedy


def test_every_face_is_truetype(faces: Faces) -> None:
    assert {file.read_bytes()[:4] for file in faces.files} == {b"\0\1\0\0"}


def test_faces_have_their_own_identity_wherever_they_lie(faces: Faces, tmp_path: Path) -> None:
    song = faces.parts["宋体"]
    copies = tuple(Path(shutil.copy(path, tmp_path)) for path in song.files)

    def alone(face: Face) -> bytes:
        return identity(Faces({"宋体": face}))

    assert alone(replace(song, files=copies)) == alone(song)
    assert alone(replace(song, files=copies[:1])) != alone(song)
    assert alone(replace(song, weight=700)) != alone(song)
    assert identity(Faces({"仿宋": song})) != alone(song)


@pytest.fixture
def cut(faces: Faces, tmp_path: Path) -> Callable[..., Path]:
    """Makes font files of a few characters."""

    def make(name: str, source: Path | None = None, text: str = "某县", **attributes: int) -> Path:
        options = subset.Options()
        options.font_number = 2  # 简体, in a collection
        path = source or faces.parts["楷体"].files[0]
        font = subset.load_font(str(path), options, lazy=True)
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        for attribute, value in attributes.items():
            setattr(font["OS/2"], attribute, value)
        font["name"].setName("某县公文字体", 1, 3, 1, 0x409)
        (tmp_path / "own").mkdir(exist_ok=True)
        subset.save_font(font, str(tmp_path / "own" / name), options)
        font.close()
        return tmp_path / "own" / name

    return make


PAGE = "<html lang='zh-CN'><title>甲</title><body style='{style}'><p>{text}</p></body></html>"


def set_in(faces: Faces, work: Path, style: str, text: str) -> dict[str, str]:
    """The fonts of a PDF, by name, with the characters that each draws."""
    sheet = Sheet(PAGE.format(style=style, text=text), "", "https://www.example.gov.cn/")
    return fonts_of(typeset(sheet, faces, work))


def fonts_of(data: bytes) -> dict[str, str]:
    page: Any = PdfReader(io.BytesIO(data)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    return {
        font["/BaseFont"].partition("+")[2]: drawn(font["/ToUnicode"].get_data()) for font in fonts
    }


def drawn(mapping: bytes) -> str:
    found = re.findall(rb"<[0-9a-f]+> <([0-9a-f]+)>", mapping)
    text = "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in found)
    return "".join(sorted(text.replace("\uffff", "")))  # the empty glyph


@pytest.mark.parametrize(
    ("part", "font"),
    [
        ("小标宋", "Noto-Serif-SC-Heavy"),
        ("宋体", "Noto-Serif-SC"),
        ("黑体", "Noto-Sans-SC-Medium"),
        ("楷体", "LXGW-WenKai"),
        ("仿宋", "Noto-Serif-SC"),
    ],
)
def test_stylesheets_name_faces_by_their_part(
    faces: Faces, work: Path, part: str, font: str
) -> None:
    assert set_in(faces, work, f"font-family: {part}", "某县") == {font: "县某"}


def test_a_character_that_its_face_lacks_is_drawn_in_the_next(faces: Faces, work: Path) -> None:
    rare = set_in(faces, work, "font-family: 楷体, 宋体", "某县“2021”㐆")

    assert rare == {"LXGW-WenKai": "县某", "Noto-Serif-SC": "012“”㐆"}


def test_the_office_gives_its_own_fonts_by_part(faces: Faces, tmp_path: Path) -> None:
    own = tmp_path / "仿宋.ttf"
    with TTFont(faces.parts["楷体"].files[0], lazy=True) as font:
        font["name"].setName("某县公文字体", 1, 3, 1, 0x409)
        font.save(own)

    found = find_faces(tmp_path)

    assert found.parts["仿宋"] == Face("某县公文字体", (own,))
    assert found.parts["宋体"] == find_faces().parts["宋体"]
    program = (
        "import sys; from pathlib import Path; from plugins.typesetting import *;"
        "sheet = Sheet(sys.argv[1], '', 'https://www.example.gov.cn/');"
        "folder = Path(sys.argv[2]);"
        "sys.stdout.buffer.write(typeset(sheet, find_faces(folder), folder))"
    )
    words = (PAGE.format(style="font-family: 仿宋, 宋体", text="某县㐆"), str(tmp_path))
    data = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, check=True
    ).stdout
    own_font, other = fonts_of(data).items()
    assert own_font == ("某县公文字体", "县某")
    assert other[1] == "㐆"


def test_what_lies_in_the_offices_folder_without_use_is_told(
    cut: Callable[..., Path], tmp_path: Path
) -> None:
    folder = cut("方正小标宋.ttf").parent
    (folder / "仿宋.ttf").write_bytes(b"no font")
    (folder / "授权书.txt").write_text("授权", "utf-8")

    with pytest.raises(UnequippedError) as error:
        find_faces(folder)

    assert [flaw.message for flaw in error.value.flaws] == [
        "字体文件 仿宋.ttf 打不开或已损坏",
        "字体文件夹里的“方正小标宋.ttf”不知作什么用",
    ]
    assert error.value.flaws[1].remedy == "文件名改为 小标宋.ttf、楷体.ttf、仿宋.ttf 之一"
    with pytest.raises(UnequippedError, match="找不到字体文件夹"):
        find_faces(tmp_path / "none")


def test_a_font_whose_licence_forbids_embedding_is_refused(
    cut: Callable[..., Path], tmp_path: Path
) -> None:
    folder = cut("仿宋.ttf", fsType=2).parent

    with pytest.raises(UnequippedError, match="的授权不允许嵌入"):
        typeset(Sheet("<p>某县</p>", "", ""), find_faces(folder), tmp_path)


def test_a_font_whose_glyphs_have_other_numbers_is_refused(
    cut: Callable[..., Path], faces: Faces, tmp_path: Path
) -> None:
    collection = next(installing.fonts("NotoSansCJK-Regular.ttc"))
    folder = cut("仿宋.otf", collection).parent

    with pytest.raises(UnequippedError, match="字形编号特殊"):
        typeset(Sheet("<p>某县</p>", "", ""), find_faces(folder), tmp_path)
    assert unusable(faces) == []


def test_a_damaged_font_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faces: Faces
) -> None:
    for path in faces.files:
        (tmp_path / path.name).symlink_to(path)
    damaged = tmp_path / faces.files[0].name
    damaged.unlink()
    damaged.write_bytes(b"")
    monkeypatch.setattr(installing, "FONT_FOLDERS", (str(tmp_path),))

    with pytest.raises(UnequippedError, match="打不开或已损坏"):
        find_faces()

    damaged.write_bytes(faces.files[0].read_bytes()[:500])
    with pytest.raises(UnequippedError, match="打不开或已损坏"):
        typeset(Sheet("<p>某县</p>", "", "https://www.example.gov.cn/"), find_faces(), tmp_path)
