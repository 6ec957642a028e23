"""What is in the registers is not on the site: not a byte of it, nor a byte because of it."""

from __future__ import annotations

from pathlib import Path

from plugins.records.registers import Liaison, Submission
from tests.county import SOUND, build, tree_of, write_county
from tests.submissions.registers import LIAISON, SUBMISSION, register

CANARY = "金丝雀"
NUMBER = "0357-2076543"
RINGING = {"姓名": f"{CANARY}名", "职务": f"{CANARY}职", "办公电话": NUMBER}
ENTERED = {
    "备案号": f"{CANARY}备", "合法性审核号": f"{CANARY}审", "联络员": f"{CANARY}名",
    "接收人": f"{CANARY}收", "未刊登原因": f"{CANARY}因",
}  # fmt: skip


def test_registers_change_no_byte_of_the_site(tmp_path: Path) -> None:
    untold = SUBMISSION | ENTERED | {"文件": f"{CANARY}文", "发文字号": ""}
    inner = register(Liaison, LIAISON | RINGING) | register(
        Submission, SUBMISSION | ENTERED, untold
    )
    build(write_county(tmp_path / "without"), tmp_path / "site-without")

    build(write_county(tmp_path / "with", SOUND | inner), tmp_path / "site-with")

    assert tree_of(tmp_path / "site-with") == tree_of(tmp_path / "site-without")


def test_no_name_or_phone_of_the_sample_registers_is_on_the_sample_site(
    root: Path, sample: Path
) -> None:
    names = {
        cell
        for line in (root / "content" / Liaison.file).read_text("utf-8").splitlines()[1:]
        for cell in line.split(",")[1:3]
    } | {"示例编辑"}
    assert len(names) > 10

    for path in sample.rglob("*"):
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        assert not [name for name in names if name in text or name in path.name], path
        assert path.name not in {Liaison.file, Submission.file}
