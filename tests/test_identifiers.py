"""发文字号, 索引号, 统一社会信用代码 and check characters, against vectors worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.identifiers import (
    DocumentNumber,
    citizen_check_character,
    credit_check_character,
    is_credit_code,
    is_index_number,
    parse_document_number,
    passes_luhn,
    repair_document_number,
)

CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=15
)
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("尧政发〔2021〕5号", ("尧政发", "2021", 5)),
        ("尧政办发〔2021〕12号", ("尧政办发", "2021", 12)),
        ("尧政函〔2021〕3号", ("尧政函", "2021", 3)),
        ("国办公开办函〔2021〕30号", ("国办公开办函", "2021", 30)),
        ("镇政发〔2024〕7号", ("镇政发", "2024", 7)),
        ("尧政发〔1998〕99999号", ("尧政发", "1998", 99999)),
        ("第12号", ("", "", 12)),
        ("山西省人民政府令第268号", ("山西省人民政府令", "", 268)),
        ("2021年第3号", ("", "2021", 3)),
    ],
)
def test_a_well_formed_number_falls_into_its_parts(text: str, parts: DocumentNumber) -> None:
    assert parse_document_number(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "尧政发[2021]5号",
        "尧政发［2021］5号",
        "尧政发(2021)5号",
        "尧政发（2021）5号",
        "尧政发【2021】5号",
        "尧政发〈2021〉5号",
        "尧政发<2021>5号",
        "尧政发〔2021〕05号",
        "尧政发〔2021〕第5号",
        "尧政发〔21〕5号",
        "尧政发〔2021〕5 号",
        "尧政发 〔2021〕5号",
        " 尧政发〔2021〕5号 ",
        "尧政发〔2021年〕5号",
        "尧政发〔2021〕5",
        "尧政发〔２０２１〕５号",
    ],
)
def test_a_number_written_wrongly_is_refused_and_the_right_form_offered(text: str) -> None:
    assert parse_document_number(text) is None
    assert repair_document_number(text) == "尧政发〔2021〕5号"


def test_a_year_of_two_digits_belongs_to_the_last_hundred_years() -> None:
    assert repair_document_number("尧政发〔98〕5号") == "尧政发〔1998〕5号"
    assert repair_document_number("尧政发〔49〕5号") == "尧政发〔1949〕5号"
    assert repair_document_number("尧政发〔05〕5号") == "尧政发〔2005〕5号"


@pytest.mark.parametrize(
    "text", ["", "五号", "尧政发5号", "尧政发〔2021〕0号", "尧政发〔2021〕五号", "2021"]
)
def test_where_the_number_cannot_be_guessed_nothing_is_offered(text: str) -> None:
    assert parse_document_number(text) is None
    assert repair_document_number(text) == ""


@given(CHINESE, st.integers(1900, 2099), st.integers(1, 99999))
def test_every_number_of_the_standard_form_is_accepted(code: str, year: int, serial: int) -> None:
    text = f"{code}〔{year}〕{serial}号"

    assert parse_document_number(text) == (code, str(year), serial)
    assert repair_document_number(text) == text


@given(st.text(max_size=40) | st.from_regex(r"[尧政发]{2,6}[\[〔(]\d{1,5}[\])〕]第?\d{0,6}号?"))
def test_an_offer_is_always_well_formed(text: str) -> None:
    offered = repair_document_number(text)

    assert not offered or parse_document_number(offered)


@pytest.mark.parametrize(
    "text",
    [
        "000014349/2017-00110",
        "11320982K1308267XB/2021-09610",
        "003129766/201901-00336",
        "113417020032563511/202504-00057",
        "015125076-202510-102597",
        "6107280000/2024-001005",
        "11141002MB0X000199/2021-00015",
    ],
)
def test_every_form_of_index_number_in_use_is_accepted(text: str) -> None:
    assert is_index_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11141002MB0X000198/2021-00015",
        "11141002MB0X000199/2021-015",
        "11141002MB0X000199/202113-00015",
        "11141002MB0X000199-2021-00015",
        "11141002mb0x000199/2021-00015",
        "11141002MB0X000199/2021-０００１５",
        "2021-00015",
    ],
)
def test_an_index_number_with_a_wrong_code_or_form_is_refused(text: str) -> None:
    assert not is_index_number(text)


@pytest.mark.parametrize(
    "code",
    [
        "11141002MB0X000199",
        "11320982K1308267XB",
        "113417020032563511",
        "11341702486344515H",
        "113703030042173115",
    ],
)
def test_codes_printed_on_government_pages_pass(code: str) -> None:
    assert is_credit_code(code)
    assert credit_check_character(code[:-1]) == code[-1]


@given(st.text(CREDIT_LETTERS, min_size=17, max_size=17), st.integers(0, 16), st.data())
def test_one_wrong_character_of_a_credit_code_is_always_noticed(
    body: str, place: int, data: st.DataObject
) -> None:
    code = body + credit_check_character(body)
    other = data.draw(st.sampled_from([c for c in CREDIT_LETTERS if c != code[place]]))

    assert is_credit_code(code)
    assert not is_credit_code(code[:place] + other + code[place + 1 :])


@given(st.text(max_size=20))
def test_no_text_makes_the_checks_of_codes_stumble(text: str) -> None:
    assert is_credit_code(text) in {True, False}
    assert is_index_number(text) in {True, False}


def test_letters_that_look_like_digits_are_no_part_of_a_credit_code() -> None:
    for letter in "IOSVZ":
        assert not is_credit_code(f"11141002MB0X00{letter}199")


@pytest.mark.parametrize(
    ("body", "check"), [("14100219000101001", "1"), ("14100219000101002", "X")]
)
def test_check_characters_of_citizen_numbers_follow_the_standard(body: str, check: str) -> None:
    assert citizen_check_character(body) == check


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16))
@settings(max_examples=150)
def test_one_wrong_digit_of_a_citizen_number_changes_its_check(body: str, place: int) -> None:
    wrong = body[:place] + str((int(body[place]) + 1) % 10) + body[place + 1 :]

    assert citizen_check_character(body) != citizen_check_character(wrong)


@given(st.text("0123456789", min_size=15, max_size=18))
def test_exactly_one_last_digit_makes_a_card_number_pass(body: str) -> None:
    assert sum(passes_luhn(body + digit) for digit in "0123456789") == 1
