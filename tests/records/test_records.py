"""What holds for every kind of document: walked from RECORD_TYPES, so a new kind is tested too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ValidationError

from plugins.records import (
    BY_FOLDER,
    RECORD_TYPES,
    SLOTS,
    Interpretation,
    Issue,
    Notice,
    Organ,
    Plan,
    Policy,
    Record,
    Vocabularies,
    references,
)
from plugins.records.fields import declared, label_of
from plugins.records.issue import GazetteColumn
from plugins.records.vocabularies import VOCABULARIES, Term, Vocabulary

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def models() -> Iterator[type[BaseModel]]:
    """Every record type and every group of values inside one."""
    waiting: list[type[BaseModel]] = list(RECORD_TYPES)
    seen: set[type[BaseModel]] = set()
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.add(model)
        yield model
        for info in model.model_fields.values():
            waiting += _inner(info.annotation)


def _inner(annotation: object) -> list[type[BaseModel]]:
    found = [m for part in getattr(annotation, "__args__", ()) for m in _inner(part)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        found.append(annotation)
    return found


FIELDS = [(model, key) for model in models() for key in model.model_fields]
EXAMPLES = {
    (model, key): str(info.examples[0])
    for model in models()
    for key, info, _ in declared(model)
    if info.examples
}


def any_words() -> Vocabularies:
    """Vocabularies that hold the words of the examples, and no others."""
    words: dict[str, set[str]] = {name: set() for name in VOCABULARIES}
    for (model, key), example in EXAMPLES.items():
        note = next(note for k, _, note in declared(model) if k == key)
        if note.vocabulary:
            words[note.vocabulary].add(example)
    return Vocabularies(
        {
            name: Vocabulary(
                name,
                VOCABULARIES[name],
                tuple(Term(w, f"k{n}") for n, w in enumerate(sorted(found))),
            )
            for name, found in words.items()
        }
    )


def smallest(record_type: type[Record], **more: object) -> dict[str, object]:
    """The required fields of a type, filled with their examples."""
    examples = example_of(record_type)
    required = {k: examples[k] for k, info, _ in declared(record_type) if info.is_required()}
    return {**required, **more}


def test_every_kind_of_document_has_its_own_folder_label_and_purpose() -> None:
    assert [BY_FOLDER[t.folder] for t in RECORD_TYPES] == list(RECORD_TYPES)
    assert len({t.label for t in RECORD_TYPES}) == len(RECORD_TYPES)
    for record_type in RECORD_TYPES:
        assert re.fullmatch(r"[a-z]+", record_type.folder)
        assert CHINESE.search(record_type.label)
        assert CHINESE.search(record_type.purpose)


@pytest.mark.parametrize(("model", "key"), FIELDS)
def test_every_field_has_a_chinese_label_and_help_and_an_ascii_key(
    model: type[BaseModel], key: str
) -> None:
    info = model.model_fields[key]

    assert re.fullmatch(r"[a-z]+(?:_[a-z]+)*", key)
    assert info.title
    assert CHINESE.search(info.title)
    assert info.description
    assert CHINESE.search(info.description)
    assert label_of(model, key) == f"{info.title}（{key}）"


@pytest.mark.parametrize("model", list(models()))
def test_no_two_fields_of_a_kind_share_a_label(model: type[BaseModel]) -> None:
    titles = [info.title for info in model.model_fields.values()]

    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("model", "key"), FIELDS)
def test_what_a_field_notes_leads_to_things_that_exist(model: type[BaseModel], key: str) -> None:
    note = next(note for k, _, note in declared(model) if k == key)

    assert set(note.relation) <= set(BY_FOLDER)
    assert note.vocabulary in {"", *VOCABULARIES}
    for folder in note.relation if note.inverse else ():
        assert note.inverse in BY_FOLDER[folder].model_fields


def example_of(kind: type[BaseModel]) -> dict[str, object]:
    """Every field with an example; a group that no bare text stands for is one of examples too."""
    own: dict[str, object] = {k: said for (model, k), said in EXAMPLES.items() if model is kind}
    if kind is Issue:
        own["contents"] = [example_of(GazetteColumn)]
    return own


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a_document_of_examples_is_valid(record_type: type[Record]) -> None:
    own = example_of(record_type)

    record = record_type.model_validate(own, context=any_words())

    assert [fault for fault in record.faults() if not fault.reminder] == []


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_every_required_field_shows_an_example(record_type: type[Record]) -> None:
    required = {key for key, info, _ in declared(record_type) if info.is_required()}

    assert required <= {key for model, key in EXAMPLES if model is record_type}


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_the_json_schema_carries_labels_and_notes_to_editors(record_type: type[Record]) -> None:
    schema = record_type.model_json_schema()

    assert schema["additionalProperties"] is False
    for key, info, _ in declared(record_type):
        assert schema["properties"][key]["title"] == info.title
        assert "x-gongkai" in schema["properties"][key]


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a_record_can_not_be_changed_once_it_is_read(record_type: type[Record]) -> None:
    record = record_type.model_validate(smallest(record_type), context=any_words())

    with pytest.raises(ValidationError):
        record.title = "另一个标题"  # type: ignore[misc]  # just that is refused


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a_key_that_was_never_declared_is_refused(record_type: type[Record]) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        record_type.model_validate(smallest(record_type, url="x"), context=any_words())


def test_every_document_that_a_record_names_is_found_with_its_way() -> None:
    policy = Policy.model_validate(
        smallest(
            Policy,
            repeals=["policies/2020/a", "policies/2020/b"],
            topics=["topics/a", {"topic": "topics/b"}],
            interpreted_by="interpretations/2021/c",
        )
    )
    plan = Plan.model_validate(smallest(Plan, parent="plans/2020/p"))

    assert dict(references(policy)) == {
        ("repeals", 0): "policies/2020/a",
        ("repeals", 1): "policies/2020/b",
        ("topics", 0, "topic"): "topics/a",
        ("topics", 1, "topic"): "topics/b",
        ("interpreted_by", 0): "interpretations/2021/c",
    }
    assert dict(references(plan)) == {("parent",): "plans/2020/p"}


def test_one_attachment_or_topic_may_be_written_without_a_list() -> None:
    notice = Notice.model_validate(
        smallest(Notice, attachments="a.csv", topics={"topic": "topics/a"})
    )

    assert [attachment.file for attachment in notice.attachments] == ["a.csv"]
    assert [place.topic for place in notice.topics] == ["topics/a"]


def test_the_lead_stands_first_among_the_issuers() -> None:
    policy = Policy.model_validate(
        smallest(Policy, issuer="甲", joint_issuers=["乙", "丙"], lead="丙")
    )
    wrong = policy.model_copy(update={"lead": "丁"})

    assert policy.issuers == ("丙", "甲", "乙")
    assert wrong.issuers == ("甲", "乙", "丙")


@pytest.mark.parametrize(
    ("more", "ways"),
    [
        ({}, []),
        ({"joint_issuers": ["乙"]}, [("joint_issuers",)]),
        ({"joint_issuers": ["乙"], "lead": "乙"}, []),
        ({"joint_issuers": ["乙"], "lead": "丙"}, [("lead",)]),
        ({"lead": "乙"}, [("lead",)]),
        ({"issuer": "甲", "joint_issuers": ["甲"], "lead": "甲"}, [("joint_issuers", 0)]),
        ({"printed": "2021-07-11"}, [("printed",)]),
        ({"effective": "2021-07-12"}, []),
        ({"effective": "2021-08-01", "expires": "2021-07-20"}, [("expires",)]),
        ({"expires": "2021-07-11"}, [("expires",)]),
        ({"repealed": "2021-08-01"}, [("repealed",)]),
        ({"repealed": "2021-08-01", "repeal_basis": "某文件"}, []),
        ({"disclosure": "不予公开"}, [("disclosure",)]),
        ({"disclosure": "依申请公开", "disclosure_basis": "第十六条"}, []),
        ({"category": "行政规范性文件"}, [("number",)]),
        ({"attachments": ["a.csv", "a.csv"]}, [("attachments", 1)]),
    ],
)
def test_a_policy_finds_what_is_wrong_between_its_fields(
    more: dict[str, object], ways: list[tuple[str | int, ...]]
) -> None:
    values = {k: v for k, v in smallest(Policy).items() if k != "number"}
    policy = Policy.model_validate({**values, **more})

    assert [fault.way for fault in policy.faults()] == ways


def test_an_interpretation_needs_something_to_interpret_and_a_form() -> None:
    record = Interpretation.model_validate(smallest(Interpretation, interprets=[], kinds=[]))

    assert [fault.way for fault in record.faults()] == [("interprets",), ("kinds",)]


def test_only_the_five_slots_of_an_interpretation_can_be_waived() -> None:
    waived = [{"slot": slot, "reason": "首次制定"} for slot in (*SLOTS, "结语")]
    record = Interpretation.model_validate(smallest(Interpretation, waived=waived))

    assert [fault.way for fault in record.faults()] == [("waived", 5, "slot")]


def test_an_organ_keeps_its_words_without_the_blanks_around_them() -> None:
    organ = Organ.model_validate(smallest(Organ, phone=" 0357-2000000 "))

    assert organ.phone == "0357-2000000"
