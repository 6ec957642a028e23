"""The engine in a browser: the same rule as Python's, the same ranking as lunr's, and no misses."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.checking import check_content
from plugins.search.bundle import numbered
from plugins.search.rows import counts_of
from tests.county import OFFICE, POLICY, settings, write_county
from tests.search.oracle import COMPARED, FOUND, pieces, questions, whole_index
from tests.search.test_tokens import CASES
from tests.search.workbench import made, open_engine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from plugins.library import Library
    from plugins.reading import Document
    from plugins.records import Record

WORDS = (
    *("政务公开", "优惠政策", "民生保障", "行政许可", "安全生产", "养老服务", "税费减免", "示范区"),
    *(
        "实施方案",
        "管理办法",
        "工作通知",
        "专项资金",
        "营商环境",
        "乡村振兴",
        "生态环境",
        "义务教育",
    ),
    *("IPv6", "2021年", "第15条", "GB/T 9704", "3.5%"),
)
COUNT = 150


def paper(chance: random.Random, number: int) -> str:
    said = [
        "".join(chance.choice(WORDS) for _ in range(chance.randint(1, 5)))
        + "".join(chr(0x4E00 + chance.randrange(400)) for _ in range(3))
        for _ in range(chance.randint(5, 60))
    ]
    title = f"关于{chance.choice(WORDS)}{chance.choice(WORDS)}的通知之{number}"
    text = POLICY.replace("〔2021〕5号", f"〔2021〕{number}号")
    head, _, _ = text.rpartition("---\n")
    lines = [f"title: {title}" if line.startswith("title:") else line for line in head.split("\n")]
    return "\n".join(lines) + "---\n\n" + "，".join(said) + "。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    chance = random.Random(3)
    papers = {f"policies/2021/2021-{n:03}.md": paper(chance, n) for n in range(1, COUNT + 1)}
    content = write_county(folder / "content", {"organs/office.md": OFFICE, **papers})
    return check_content(content, settings()).public


@pytest.fixture(scope="module")
def documents(library: Library) -> dict[int, Document[Record]]:
    """The documents by the numbers that the index gives them."""
    return dict(numbered(library))


@pytest.fixture(scope="module")
def page(
    folder: Path, library: Library, documents: dict[int, Document[Record]], chromium: Browser
) -> Iterator[Page]:
    whole = whole_index((number, counts_of(d, library)) for number, d in documents.items())
    found = made(library, settings(), folder)
    page = open_engine(chromium, {**found, "whole.json": whole.encode()})
    yield page
    page.context.close()


def test_the_browser_follows_the_same_token_rule(page: Page) -> None:
    given: list[list[str]] = page.evaluate(
        "texts => texts.map((text) => searchEngine.tokens(text))", [text for text, _ in CASES]
    )

    assert given == [wanted for _, wanted in CASES]


def test_the_browser_ranks_and_scores_as_lunr_does_over_the_whole_index(
    page: Page, documents: dict[int, Document[Record]]
) -> None:
    asked = [*questions([d.body.text for d in documents.values()], 200), "政务公开", "税"]

    compared: list[Any] = page.evaluate(COMPARED, asked)

    assert len(compared) == len(asked)
    assert [question for question, same, _ in compared if not same] == []
    assert sum(number > 0 for _, _, number in compared) > len(asked) * 0.9


def test_whoever_holds_a_piece_of_text_is_among_the_answers(
    page: Page, documents: dict[int, Document[Record]]
) -> None:
    texts = {number: document.body.text for number, document in documents.items()}
    asked = sorted({piece for _, piece in pieces(texts, 400)})

    found: list[list[int]] = page.evaluate(FOUND, asked)

    for piece, answers in zip(asked, found, strict=True):
        holding = {number for number, text in texts.items() if piece in text}
        assert holding <= set(answers), piece
        assert holding


@pytest.mark.parametrize(
    "written",
    [
        "{c}〔2021〕7号",
        "{c}[2021]7号",
        "{c}（2021）7号",
        "{c}【2021】7号",
        "{c}〔２０２１〕７号",
        "{c} 2021 年第 7 号",
        "{c}20217号",
    ],
)
def test_the_paper_of_a_number_comes_first_however_the_number_is_written(
    page: Page, documents: dict[int, Document[Record]], written: str
) -> None:
    numbers = {n: getattr(d.record, "number", None) or "" for n, d in documents.items()}
    wanted = next(place for place, number in numbers.items() if number.endswith("〔2021〕7号"))
    code = numbers[wanted].partition("〔")[0]

    ((first, *_),) = page.evaluate(FOUND, [written.format(c=code)])

    assert first == wanted


def test_a_beginning_of_a_word_or_figure_finds_it(page: Page) -> None:
    found = page.evaluate(FOUND, ["202", "IPv"])

    assert [len(answers) > COUNT / 3 for answers in found] == [True, True]
