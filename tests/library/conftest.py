"""A library of a few documents, written where a test needs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.library import Library
from plugins.reading import read_document
from plugins.records import Vocabularies
from plugins.records.vocabularies import VOCABULARIES, Vocabulary
from plugins.workdays import Calendar

ANY_WORDS = Vocabularies(
    {name: Vocabulary(name, label, (), readable=False) for name, label in VOCABULARIES.items()}
)
USUAL = {
    "policies": {
        "issuer": "甲局",
        "category": "其他文件",
        "kind": "通知",
        "disclosure": "主动公开",
        "signed": "2021-01-04",
    },
    "interpretations": {
        "issuer": "甲局",
        "disclosure": "主动公开",
        "kinds": "文字解读",
        "interprets": "policies/2021/other",
    },
    "lists": {
        "issuer": "甲局",
        "disclosure": "主动公开",
        "kind": "权责清单",
        "version": "一",
        "basis": "法",
        "table": "a.csv",
        "key": "编号",
    },
    "catalog": {
        "issuer": "甲局",
        "disclosure": "主动公开",
        "area": "安全生产",
        "version": "一",
        "effective": "2021-01-05",
        "basis": "法",
        "table": "a.csv",
    },
    "plans": {
        "issuer": "甲局",
        "disclosure": "主动公开",
        "period": "十四五",
        "kind": "专项规划",
        "level": "区级",
        "signed": "2021-01-04",
    },
    "notices": {"issuer": "甲局", "disclosure": "主动公开", "kind": "公告"},
    "questions": {
        "issuer": "甲局",
        "disclosure": "主动公开",
        "applies_to": "企业",
        "matter": "其他",
        "basis": "[{law: 某法第一条}]",
        "answered": "2021-01-04",
        "review_by": "2022-01-04",
        "origin": "窗口",
    },
    "topics": {},
    "packages": {
        "applies_to": "企业",
        "trigger": "开办企业",
        "documents": "policies/2021/other",
    },
    "gazette": {
        "title": "某县人民政府公报2021年第1期（总第1期）",
        "year": "2021",
        "issue": "1",
        "total": "1",
        "contents": "[{column: 区人民政府文件, documents: policies/2021/other}]",
    },
    "pages": {},
    "organs": {"short_name": "甲局", "kind": "区政府部门"},
}
"""What a document of each kind cannot do without."""

Write = Callable[..., Library]


@pytest.fixture
def library() -> Write:
    """Make a library: `library({"policies/2021/a": "signed: 2021-02-01"})`; the rest is usual."""

    def write(documents: dict[str, str], **more: frozenset[str]) -> Library:
        read = []
        for document_id, head in documents.items():
            own, _, body = head.partition("\n\n")
            given = {line.partition(":")[0] for line in own.split("\n")}
            usual = {"title": "文件", "published": "2021-01-05", **USUAL[document_id.split("/")[0]]}
            lines = [f"{key}: {value}" for key, value in usual.items() if key not in given]
            text = "\n".join(["---", *lines, own, "---", "", body])
            path = f"content/{document_id}.md"
            reading = read_document(document_id, path, text.encode(), ANY_WORDS)
            assert reading.document is not None, reading.problems
            read.append(reading.document)
        return Library.of_documents(read, ANY_WORDS, Calendar({}, {}), {}, **more)

    return write
