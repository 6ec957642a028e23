"""Others' work that the search page loads: whole, and beside its licence."""

from __future__ import annotations

import json
from hashlib import sha256

from plugins.search.tokens import plain, tokens
from tests.county import ROOT

VENDOR = ROOT / "themes" / "gongkai" / "static" / "vendor"


def test_each_file_lies_beside_its_licence() -> None:
    licences = {path.name for path in VENDOR.glob("*-licence.txt")}
    for path in VENDOR.iterdir():
        if path.name not in licences:
            assert f"{path.name.partition('.')[0]}-licence.txt" in licences
    assert "MIT" in (VENDOR / "lunr.min.js").read_text("utf-8")[:200]
    assert "Apache License" in (VENDOR / "simplified-licence.txt").read_text("utf-8")[:20]


def test_traditional_characters_have_simplified_ones_that_can_be_looked_for() -> None:
    traditional, simplified = json.loads((VENDOR / "simplified.json").read_text("utf-8"))
    pairs = dict(zip(traditional, simplified, strict=True))

    assert len(pairs) == len(traditional) > 3000
    assert (
        "".join(pairs.get(c, c) for c in "臨汾市堯都區發展農業補貼") == "临汾市尧都区发展农业补贴"
    )
    assert [pair for pair in pairs.items() if plain("".join(pair)) != "".join(pair)] == []
    assert all(tokens(character) == [character] for character in simplified)


def test_lunr_is_the_very_file_that_its_authors_published() -> None:
    data = (VENDOR / "lunr.min.js").read_bytes()

    assert sha256(data).hexdigest() == (
        "0c50d9002b85780a842afffb567bb54ede402dae7c6dc5997a018614d8044fc8"
    )
    assert json.dumps("2.3.9") in data.decode()
