"""Only our four faces, and only files that every reader draws right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools import subset

from plugins import installing
from plugins.typesetting import Faces, Sheet, UnequippedError, find_faces, identity, typeset
from plugins.typesetting.faces import unusable


def test_without_fonts_it_is_said_which_and_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "FONT_FOLDERS", (str(tmp_path),))

    with pytest.raises(UnequippedError) as error:
        find_faces()

    assert [flaw.message for flaw in error.value.flaws] == [
        "制作 PDF 要用的字体没有装：宋体常规（NotoSerifCJK-Regular 或 NotoSerifSC-Regular）",
        "制作 PDF 要用的字体没有装：宋体粗体（NotoSerifCJK-Bold 或 NotoSerifSC-Bold）",
        "制作 PDF 要用的字体没有装：黑体常规（NotoSansCJK-Regular 或 NotoSansSC-Regular）",
        "制作 PDF 要用的字体没有装：黑体粗体（NotoSansCJK-Bold 或 NotoSansSC-Bold）",
    ]
    assert "fonts-noto-cjk" in error.value.flaws[0].remedy


def test_fonts_have_their_own_identity_wherever_they_lie(faces: Faces, tmp_path: Path) -> None:
    copies = tuple(Path(shutil.copy(path, tmp_path)) for path in faces[:2])

    assert identity(copies) == identity(faces[:2])
    assert identity(copies) != identity(faces[2:])


def test_a_font_whose_glyphs_have_other_numbers_is_refused(faces: Faces, tmp_path: Path) -> None:
    options = subset.Options()
    options.font_number = 2  # 简体
    font = subset.load_font(str(faces[0]), options, lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text="某县")
    cutter.subset(font)
    cut = tmp_path / "NotoSerifSC-Regular.otf"
    subset.save_font(font, str(cut), options)
    font.close()

    with pytest.raises(UnequippedError, match="字形编号特殊"):
        typeset(Sheet("<p>某县</p>", "", "https://www.example.gov.cn/"), (cut,), tmp_path)
    assert unusable(faces) == []


def test_a_damaged_font_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faces: Faces
) -> None:
    for path in faces:
        (tmp_path / path.name).symlink_to(path)
    damaged = tmp_path / faces[0].name
    damaged.unlink()
    damaged.write_bytes(b"")
    monkeypatch.setattr(installing, "FONT_FOLDERS", (str(tmp_path),))

    with pytest.raises(UnequippedError, match="打不开或已损坏"):
        find_faces()

    damaged.write_bytes(faces[0].read_bytes()[:500])
    with pytest.raises(UnequippedError, match="打不开或已损坏"):
        typeset(Sheet("<p>某县</p>", "", "https://www.example.gov.cn/"), find_faces(), tmp_path)
