"""What a manifest says, and what is no manifest."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.releases.manifest import (
    Entry,
    ManifestError,
    Release,
    base_of,
    class_of,
    read_manifest,
    write,
)

DIGEST = "0" * 63 + "a"
ENTRIES = (
    Entry("index.html", DIGEST, 12, 1_626_336_000, "entry", 1),
    Entry("policies/2021/附件 1.xlsx", DIGEST, 3, 1_626_336_001, "document", 2),
)
RELEASE = Release(
    2, "c0ffee", "2021-07-15T16:00:00+08:00", "https://www.example.gov.cn/zwgk", DIGEST, ENTRIES
)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "MANIFEST.tsv"

    write(path, RELEASE)

    assert read_manifest(path) == RELEASE
    assert [file.name for file in tmp_path.iterdir()] == ["MANIFEST.tsv"]


def test_lines_stand_in_the_order_of_the_bytes_of_their_paths(tmp_path: Path) -> None:
    path = tmp_path / "MANIFEST.tsv"

    write(path, Release(1, "c", "d", "", "", tuple(reversed(ENTRIES))))

    assert read_manifest(path).entries == ENTRIES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# sequence\t2", "# sequence\ttwo", "MANIFEST.tsv:2: 版次“two”不是数字"),
        ("# commit", "# comment", "MANIFEST.tsv:3: 不是清单"),
        ("gongkai-manifest\t1", "gongkai-manifest\t2", "只认得 1"),
        ("\tentry\t1", "\tentrance\t1", "MANIFEST.tsv:7: 这一行不是清单的写法"),
        ("\tdocument\t2\n", "\tdocument\t2", "最后一行没有写完"),
    ],
)
def test_what_is_no_manifest_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "MANIFEST.tsv"
    write(path, RELEASE)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(ManifestError, match=said):
        read_manifest(path)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "entry"),
        ("heartbeat.json", "entry"),
        ("gazette/worker.js", "entry"),
        ("feeds/policies.xml", "entry"),
        ("sitemaps/2021.xml.gz", "entry"),
        ("search/manifest.json", "entry"),
        ("search/t/29-fni3f.txt.br", "asset"),
        ("search/x/36f.0-fni3f.bin", "asset"),
        ("feeds/index.html", "page"),
        ("policies/2021/2021-005/index.html.br", "page"),
        ("gazette/2021-01/2021-01.pdf", "document"),
        ("policies/2021/2021-005/附件1.xlsx", "document"),
        ("theme/gongkai.css", "data"),
        ("releases/0001/MANIFEST.tsv", "data"),
    ],
)
def test_every_path_has_its_class(path: str, kind: str) -> None:
    assert class_of(path) == kind


def test_only_texts_have_sidecars() -> None:
    assert base_of("theme/gongkai.css.br") == "theme/gongkai.css"
    assert base_of("policies/2021/2021-005/data.tar.gz") == "policies/2021/2021-005/data.tar.gz"
