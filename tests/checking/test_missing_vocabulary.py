"""A vocabulary that is missing is one error, not one for every use of its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.reading.store import Store
from plugins.records.vocabularies import VOCABULARIES
from tests.building import richer
from tests.county import settings, write_county

COUNTY = richer.files()


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_missing_vocabulary_is_told_once(tmp_path: Path, name: str) -> None:
    content, store = write_county(tmp_path / "content", COUNTY), Store(tmp_path / "store.sqlite")
    before = check_content(content, settings(), store).problems
    (content / f"vocabularies/{name}.yaml").unlink()

    found = check_content(content, settings(), store).problems

    path = f"content/vocabularies/{name}.yaml"
    assert [(p.path, p.message) for p in found if p not in before] == [(path, "缺少这个词表文件")]
