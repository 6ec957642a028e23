"""What is shown of two texts makes one out of the other, exactly; clauses find their like."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from plugins.comparisons.aligning import Row, align, new_text, old_text, words
from plugins.comparisons.clauses import Clause

SENTENCES = (
    "区财政部门应当自受理之日起20个工作日内作出决定",
    "设置人应当建立巡查记录，每半年至少检查一次",
    "任何单位和个人有权向主管部门反映安全隐患",
    "户外广告设施应当符合安全技术规范，安装牢固",
    "许可决定应当自作出之日起7个工作日内公示",
)
CLAUSES = st.builds(
    Clause,
    st.sampled_from(["clause", "clause", "clause", "heading"]),
    st.sampled_from(["", "第一条　", "第二条　", "（一）", "1."]),
    st.one_of(
        st.sampled_from(SENTENCES),
        st.text(alphabet="的区财政部门二十2 ，。\n", max_size=12),
        st.lists(st.sampled_from(SENTENCES), max_size=3).map("。".join),
    ),
)
TEXTS = st.lists(CLAUSES, max_size=12)


def apply(old: list[Clause], rows: tuple[Row, ...]) -> list[str]:
    """The new text, made of the old one by what the rows show; each old clause is used once."""
    left = dict(enumerate(old))
    made = []
    for row in rows:
        if row.old >= 0:
            clause = left.pop(row.old)
            assert row.old_label + old_text(row) == clause.whole
        if row.new >= 0:
            made.append(row.new_label + new_text(row))
    assert left == {}
    return made


@given(TEXTS, TEXTS)
def test_the_rows_applied_to_the_old_text_give_the_new_text(
    old: list[Clause], new: list[Clause]
) -> None:
    assert apply(old, align(old, new)) == [clause.whole for clause in new]


@given(TEXTS, st.randoms(use_true_random=False))
def test_so_it_is_when_the_new_text_is_the_old_one_shuffled_cut_and_edited(
    old: list[Clause], random: Random
) -> None:
    new = [c._replace(text=c.text.replace("应当", "可以")) for c in old if random.random() > 0.2]
    random.shuffle(new)

    assert apply(old, align(old, new)) == [clause.whole for clause in new]


@given(st.text("甲乙丙二十20个，。\n", max_size=40), st.text("甲乙丙二十20个，。\n", max_size=40))
def test_kept_and_deleted_words_are_the_old_text_kept_and_inserted_ones_the_new(
    old: str, new: str
) -> None:
    pieces = words(old, new)

    assert "".join(p.text for p in pieces if p.how != "insert") == old
    assert "".join(p.text for p in pieces if p.how != "delete") == new
    assert all(piece.text for piece in pieces)


def test_a_number_is_never_cut_in_two() -> None:
    pieces = words(
        "自受理之日起20个工作日内，依照第十二条办理", "自受理之日起10个工作日内，依照第十三条办理"
    )

    assert [(p.how, p.text) for p in pieces if p.how != "keep"] == [
        ("delete", "20"),
        ("insert", "10"),
        ("delete", "第十二条"),
        ("insert", "第十三条"),
    ]


def test_a_single_letter_between_two_changes_goes_with_them() -> None:
    pieces = words("请到甲的乙处办理", "请到丙的丁处办理")

    assert [(p.how, p.text) for p in pieces] == [
        ("keep", "请到"),
        ("delete", "甲的乙"),
        ("insert", "丙的丁"),
        ("keep", "处办理"),
    ]


def _law(*texts: str) -> list[Clause]:
    return [
        Clause("clause", f"第{n}条　", text) for n, text in zip("一二三四五六", texts, strict=False)
    ]


def _changes(old: list[Clause], new: list[Clause]) -> list[tuple[str, str, str]]:
    return [(row.change, row.old_label.strip(), row.new_label.strip()) for row in align(old, new)]


def test_after_a_new_clause_the_others_are_only_renumbered() -> None:
    a, b, c, d, _ = SENTENCES

    assert _changes(_law(a, b, c), _law(a, d, b, c)) == [
        ("same", "第一条", "第一条"),
        ("added", "", "第二条"),
        ("renumbered", "第二条", "第三条"),
        ("renumbered", "第三条", "第四条"),
    ]


def test_a_clause_that_stands_elsewhere_has_moved_also_with_other_words() -> None:
    a, b, c, d, e = SENTENCES
    changes = _changes(_law(a, b, c, d, e), _law(b, c, d, e, a.replace("20", "10")))

    assert changes[-1] == ("moved", "第一条", "第五条")
    assert {change for change, _, _ in changes[:-1]} == {"renumbered"}


def test_a_clause_that_has_gone_is_shown_where_it_was() -> None:
    a, b, c, _, _ = SENTENCES

    assert _changes(_law(a, b, c), _law(a, c)) == [
        ("same", "第一条", "第一条"),
        ("removed", "第二条", ""),
        ("renumbered", "第三条", "第二条"),
    ]


def test_clauses_without_likeness_are_not_taken_for_each_other() -> None:
    assert _changes(_law(SENTENCES[0]), _law(SENTENCES[2])) == [
        ("added", "", "第一条"),
        ("removed", "第一条", ""),
    ]


def test_a_law_of_700_articles_edited_throughout_is_compared_too() -> None:
    random = Random(1)
    letters = "".join(SENTENCES)

    def article(number: int) -> Clause:
        text = "".join(random.choice(letters) for _ in range(100)) + random.choice(SENTENCES)
        return Clause("clause", f"第{number}条　", text)

    def edited(clause: Clause) -> Clause:
        at = random.randrange(len(clause.text))
        return clause._replace(text=f"{clause.text[:at]}但是{clause.text[at + 3 :]}")

    old = [article(number) for number in range(700)]
    new = list(map(edited, old))
    rows = align(old, new)

    assert apply(old, rows) == [clause.whole for clause in new]
    assert {row.change for row in rows} == {"changed"}
