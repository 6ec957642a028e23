"""How problems are ordered, gathered and reported."""

from __future__ import annotations

from plugins.problems import Mark, Problem, Severity, gathered, in_lines, report, some, with_lines


def problem(line: int, message: str = "是空的", *, reminder: bool = False) -> Problem:
    made = Problem("content/a.csv", Mark(line), message, "补上")
    return made.as_reminder() if reminder else made


def test_errors_stand_before_all_reminders() -> None:
    found = [problem(1, reminder=True), problem(9), problem(2, reminder=True), problem(3)]

    lines = report(found).splitlines()
    assert [line.split(":")[1] for line in lines[:-1:2]] == ["3", "9", "1", "2"]
    assert lines[-1].endswith("有错误，不能发布。错误列在最前面。")
    assert report(found[::2]).endswith("提醒不影响发布。")


def test_what_differs_by_its_line_alone_is_one_problem_at_the_first() -> None:
    found = [problem(7), problem(3), problem(4, "重复"), problem(5, reminder=True)]

    assert list(gathered(found)) == [
        problem(3, "是空的（第 3、7 行）"),
        problem(4, "重复"),
        problem(5, reminder=True),
    ]
    assert {one.severity for one in gathered(found)} == set(Severity)


def test_many_lines_and_words_are_counted() -> None:
    assert in_lines([2, 5]) == "第 2、5 行"
    assert in_lines(range(2, 26)) == "第 2、3、4、5、6、7 行等 24 行"
    assert some(map(str, range(9))) == "0、1、2、3、4、5、6、7等 9 个"
    assert with_lines({"甲": [2], "乙": [3, 4]}) == "“甲”（第 2 行）、“乙”（第 3、4 行）"
    assert with_lines({"甲": [2]}) == "“甲”"
