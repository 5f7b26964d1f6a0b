import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.workflow.numbers import (
    DocumentNumber,
    Family,
    NotANumber,
    NumberProblem,
    find_numbers,
    from_slug,
    read_number,
)


@pytest.mark.parametrize(
    ("written", "canonical", "family"),
    [
        ("DB31/T 1150—2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31T1150-2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("db31/t 1150 – 2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("ＤＢ３１／Ｔ　１１５０－２０１９", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31/T 1150——2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31/T\n1150.2-2019", "DB31/T 1150.2—2019", Family.LOCAL_STANDARD),
        ("DB31/T 0098-2019", "DB31/T 98—2019", Family.LOCAL_STANDARD),
        ("DB31 387-2018", "DB31 387—2018", Family.LOCAL_STANDARD),
        ("DB31/387-2018", "DB31 387—2018", Family.LOCAL_STANDARD),
        ("db31387", "DB31 387", Family.LOCAL_STANDARD),
        ("DB31/T310001-2021", "DB31/T 310001—2021", Family.YANGTZE_DELTA_STANDARD),
        ("DB 3307/T 98—2019", "DB3307/T 98—2019", Family.OTHER_LOCAL_STANDARD),
        ("DB31 SW/Z 012-2020", "DB31 SW/Z 012—2020", Family.GUIDANCE_DOCUMENT),
        ("dgtj08-2406-2022", "DG/TJ 08—2406—2022", Family.ENGINEERING_STANDARD),
        ("T/SSITS2003-2023", "T/SSITS 2003—2023", Family.GROUP_STANDARD),
        ("t/bssf  0001—2024", "T/BSSF 0001—2024", Family.GROUP_STANDARD),
        ("T/PTSHOES GS001—2017", "T/PTSHOES GS001—2017", Family.GROUP_STANDARD),
        ("T/XCFW TG06-011.3—2023", "T/XCFW TG06-011.3—2023", Family.GROUP_STANDARD),
        ("TCADP 12-2024", "T/CADP 12—2024", Family.GROUP_STANDARD),
        ("tssits2003－2023", "T/SSITS 2003—2023", Family.GROUP_STANDARD),
        ("TB/T 10001-2016", "TB/T 10001—2016", Family.SECTOR_STANDARD),
        ("TDT 1001-2012", "TD/T 1001—2012", Family.SECTOR_STANDARD),
        ("TY 12-2020", "TY 12—2020", Family.SECTOR_STANDARD),
        ("JJF（沪）12-2025", "JJF(沪) 12—2025", Family.LOCAL_METROLOGY),
        ("jjg沪 3", "JJG(沪) 3", Family.LOCAL_METROLOGY),
        ("JJF(沪苏浙皖)4002—2021", "JJF(沪苏浙皖) 4002—2021", Family.YANGTZE_DELTA_METROLOGY),
        ("JJG(冀)121—2015", "JJG(冀) 121—2015", Family.OTHER_LOCAL_METROLOGY),
        ("JJF1059.1-2012", "JJF 1059.1—2012", Family.NATIONAL_METROLOGY),
        ("gbt 1.1-2020", "GB/T 1.1—2020", Family.NATIONAL_STANDARD),
        ("GB 3100-93", "GB 3100—1993", Family.NATIONAL_STANDARD),
        ("GB/Z44859", "GB/Z 44859", Family.NATIONAL_STANDARD),
        ("TY/T 2001.1-2015", "TY/T 2001.1—2015", Family.SECTOR_STANDARD),
        ("ISO/IEC TR 10000-1:1995", "ISO/IEC TR 10000-1:1995", Family.INTERNATIONAL_STANDARD),
        ("iso 14064-1-2018", "ISO 14064-1:2018", Family.INTERNATIONAL_STANDARD),
        ("IEC 60335-2-25", "IEC 60335-2-25", Family.INTERNATIONAL_STANDARD),
        ("IEC 60118-0:2015", "IEC 60118-0:2015", Family.INTERNATIONAL_STANDARD),
        ("DB31/T1150一2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31 / T 1150 2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31/T 1150（2019）", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31_T_1150_2019", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("《DB31/T 1150ー2019》。", "DB31/T 1150—2019", Family.LOCAL_STANDARD),
        ("DB31/ 310005-2021", "DB31 310005—2021", Family.YANGTZE_DELTA_STANDARD),
        ("DGJ08-107-2012", "DGJ 08—107—2012", Family.ENGINEERING_STANDARD),
        ("JJF〔沪〕12-2025", "JJF(沪) 12—2025", Family.LOCAL_METROLOGY),
        ("JJF【沪】 012-2025", "JJF(沪) 012—2025", Family.LOCAL_METROLOGY),
        ("JJG(交通)63-2015", "JJG(交通) 63—2015", Family.SECTOR_METROLOGY),
        ("gbz 2.1-2019", "GBZ 2.1—2019", Family.NATIONAL_STANDARD),
        ("GBZ/T 210.1-2008", "GBZ/T 210.1—2008", Family.NATIONAL_STANDARD),
        ("GB-Z 44859-2024", "GB/Z 44859—2024", Family.NATIONAL_STANDARD),
        ("JGJ/T 331-2014", "JGJ/T 331—2014", Family.SECTOR_STANDARD),
        ("DB/T 77-2018", "DB/T 77—2018", Family.SECTOR_STANDARD),
        ("ISO/IEC Guide 51:2014", "ISO/IEC GUIDE 51:2014", Family.INTERNATIONAL_STANDARD),
        ("iso/iec/ieee 15288-2023", "ISO/IEC/IEEE 15288:2023", Family.INTERNATIONAL_STANDARD),
    ],
)
def test_every_spelling_is_read_as_the_one_right_form(written: str, canonical: str, family: Family) -> None:
    number = read_number(written)
    assert (str(number), number.family) == (canonical, family)
    assert read_number(canonical) == number
    assert from_slug(number.slug) == number


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", NumberProblem.EMPTY),
        (" \u200b", NumberProblem.EMPTY),
        ("DB31/T 1" + "0" * 100, NumberProblem.TOO_LONG),
        ("充电桩", NumberProblem.UNKNOWN_FAMILY),
        ("2025", NumberProblem.UNKNOWN_FAMILY),
        ("JIS B 6101:2004", NumberProblem.UNKNOWN_FAMILY),
        ("EN 12643:2014", NumberProblem.UNKNOWN_FAMILY),
        ("ASTM D1234-20", NumberProblem.UNKNOWN_FAMILY),
        ("ISO/CD 20200", NumberProblem.UNKNOWN_FAMILY),
        ("GBW 13001", NumberProblem.UNKNOWN_FAMILY),
        ("5651.5-2023", NumberProblem.UNKNOWN_FAMILY),
        ("JJG(某某) 12-2020", NumberProblem.UNKNOWN_PROVINCE),
        ("XDB31/T 12", NumberProblem.UNKNOWN_FAMILY),
        ("DB99/T 12-2020", NumberProblem.UNKNOWN_PROVINCE),
        ("DB31/T", NumberProblem.NO_SERIAL),
        ("GB/T —2020", NumberProblem.BAD_SERIAL),
        ("DB31/T 12345—2020", NumberProblem.BAD_SERIAL),
        ("DB31/T 0—2020", NumberProblem.BAD_SERIAL),
        ("DB31/T 1150.0", NumberProblem.BAD_SERIAL),
        ("JJF(沪) 12.0—2025", NumberProblem.BAD_SERIAL),
        ("TCADP 12", NumberProblem.UNKNOWN_FAMILY),
        ("TZ 12-2020", NumberProblem.UNKNOWN_FAMILY),
        ("JJF(沪沪) 1—2020", NumberProblem.BAD_SERIAL),
        ("T/ABC 001.—2017", NumberProblem.BAD_SERIAL),
        ("T/ABC T/ABC023.3—2023", NumberProblem.BAD_SERIAL),
        ("GB/T 18883²", NumberProblem.SOMETHING_FOLLOWS),
        ("GB/T 5606 (all parts)", NumberProblem.SOMETHING_FOLLOWS),
        ("DB31/T 12—20255", NumberProblem.BAD_YEAR),
        ("DB31/T 12—1025", NumberProblem.BAD_YEAR),
        ("DB31/T 12—2025 修订", NumberProblem.SOMETHING_FOLLOWS),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(written: str, problem: NumberProblem) -> None:
    with pytest.raises(NotANumber) as refused:
        read_number(written)
    assert refused.value.reason is problem


def test_the_key_is_the_same_for_every_spelling_and_knows_the_edition() -> None:
    assert {
        read_number(text).key
        for text in ("DB31T1234-2025", "db31/t 1234—2025", "DB31/T 01234".replace("01", "1") + "–2025")
    } == {"DB31/T1234-2025"}
    assert read_number("DB31/T 1234—2025").undated_key == read_number("DB31T1234").key == "DB31/T1234"


def test_a_padded_serial_is_printed_as_given_and_found_without_the_padding() -> None:
    assert str(read_number("T/ABC 001-2020")) == "T/ABC 001—2020"
    assert read_number("T/ABC 001-2020").key == read_number("T/ABC1-2020").key
    assert str(read_number("JJG(沪) 0001—2020")) == "JJG(沪) 0001—2020"
    assert read_number("JJG(沪) 0001—2020").key == read_number("JJG(沪) 1—2020").key


def test_a_prefix_that_ends_in_a_figure_does_not_run_into_the_serial() -> None:
    assert read_number("DB31 387-2018").key != read_number("DB3138 7-2018").key


def test_the_web_address_has_neither_blanks_nor_slashes_and_only_one_form() -> None:
    assert read_number("DB31/T 1234.1—2025").slug == "DB31-T-1234.1-2025"
    for other in ("db31-t-1234.1-2025", "DB31/T 1234.1—2025", "DB31-T-1234.1-2025/", "../etc/passwd"):
        with pytest.raises(NotANumber):
            from_slug(other)


_serials = st.integers(1, 9999).map(str)
_parts = st.none() | st.integers(1, 99).map(str)
_years = st.none() | st.integers(1950, 2099)
_prefixes = st.sampled_from(
    [
        (Family.LOCAL_STANDARD, "DB31/T"), (Family.LOCAL_STANDARD, "DB31"),
        (Family.OTHER_LOCAL_STANDARD, "DB3307/T"), (Family.GUIDANCE_DOCUMENT, "DB31 SW/Z"),
        (Family.ENGINEERING_STANDARD, "DG/TJ 08"), (Family.GROUP_STANDARD, "T/SSITS"), (Family.GROUP_STANDARD, "T/A2B1"),
        (Family.LOCAL_METROLOGY, "JJF(沪)"), (Family.LOCAL_METROLOGY, "JJG(沪)"),
        (Family.YANGTZE_DELTA_METROLOGY, "JJF(沪苏浙皖)"), (Family.NATIONAL_METROLOGY, "JJG"),
        (Family.NATIONAL_STANDARD, "GB"), (Family.NATIONAL_STANDARD, "GB/T"), (Family.SECTOR_STANDARD, "NB/T"),
        (Family.NATIONAL_STANDARD, "GBZ"), (Family.NATIONAL_STANDARD, "GB/Z"), (Family.SECTOR_METROLOGY, "JJG(交通)"),
        (Family.INTERNATIONAL_STANDARD, "ISO/IEC"), (Family.INTERNATIONAL_STANDARD, "ISO/TR"),
    ]
)  # fmt: skip
_numbers = st.builds(
    lambda prefix, serial, part, year: DocumentNumber(prefix[0], prefix[1], serial, part, year),
    _prefixes, _serials, _parts, _years,
)  # fmt: skip


@given(_numbers)
def test_what_is_printed_is_read_back_unchanged_and_so_is_the_web_address(number: DocumentNumber) -> None:
    assert read_number(str(number)) == number
    assert from_slug(number.slug) == number
    assert re.fullmatch(r"[^\s/?#%]+", number.slug)


@given(_numbers, _numbers)
def test_different_numbers_have_different_keys_and_addresses(one: DocumentNumber, other: DocumentNumber) -> None:
    assert (one == other) == (one.key == other.key) == (one.slug == other.slug)


_full_width = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in map(chr, range(0x21, 0x7F))}
_dashes = st.sampled_from(["-", "－", "–", "—", "——", "−", "―", " - ", " — ", "─", "﹣"])
_blanks = st.sampled_from(["", " ", "  ", "\u3000", "\u00a0", "\t"])
_brackets = st.sampled_from([("(", ")"), ("（", "）"), ("〔", "〕"), ("[", "]"), ("【", "】"), ("［", "］")])
# Where noughts before the serial say nothing, and where the number prints them as they are given.
_UNPADDED = {
    Family.LOCAL_STANDARD,
    Family.NATIONAL_STANDARD,
    Family.NATIONAL_METROLOGY,
    Family.INTERNATIONAL_STANDARD,
}


@st.composite
def _spelt(draw: st.DrawFn) -> tuple[DocumentNumber, str]:
    """A number, and one of the many ways in which people type it."""
    number = draw(_numbers)
    prefix = number.prefix
    if "(" in prefix:
        opening, shutting = draw(_brackets)
        prefix = prefix.replace("(", draw(_blanks) + opening).replace(")", shutting)
    if "/" in prefix:
        # GB/Z without its slash is GBZ, another series; an association's code can do without one where a year stands.
        slashes = ["/", "／", " / ", "∕", "_"]
        needed = prefix == "GB/Z" or (number.family is Family.GROUP_STANDARD and number.year is None)
        optional = [] if needed else [""]
        prefix = prefix.replace("/", draw(st.sampled_from([*slashes, *optional])))
    noughts = draw(st.sampled_from(["", "0"])) if number.family in _UNPADDED and len(number.serial) < 4 else ""
    is_international = number.family is Family.INTERNATIONAL_STANDARD
    part = f"{'-' if is_international else '.'}{number.part}" if number.part else ""
    year = f"{draw(_dashes)}{number.year}" if number.year else ""
    # What ends in a figure is kept apart from the serial; a year needs no blank before its dash.
    apart = draw(_blanks) if not prefix[-1].isdigit() and number.family is not Family.GROUP_STANDARD else " "
    text = draw(_blanks) + prefix + apart + noughts + number.serial + part + year + draw(_blanks)
    if draw(st.booleans()):
        text = text.lower()
    return number, text.translate(_full_width) if draw(st.booleans()) else text


@given(_spelt())
def test_every_spelling_of_a_number_meets_in_one_form_and_one_key(spelt: tuple[DocumentNumber, str]) -> None:
    number, text = spelt
    read = read_number(text)
    assert (str(read), read.key) == (str(number), number.key)


@pytest.mark.parametrize(
    "piece",
    [
        "DB31",
        "DB31/T ",
        "T/",
        "T/A",
        "T/AAAA1-",
        "JJF(沪",
        "JJF ( ",
        "1.1.",
        "ISO/IEC ",
        "GB/T 1.",
        "0",
        " ",
        "-",
        "DG/TJ08-",
    ],
)
def test_no_text_is_read_slowly(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    began = perf_counter()
    for stretch in (text, text[:999], text[:80]):
        with pytest.raises(NotANumber):
            read_number(stretch)
    find_numbers(text)
    find_numbers("DB31" + " " * 10_000 + "/T 1")
    assert perf_counter() - began < 1


@given(st.text(max_size=90))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = read_number(text)
    except NotANumber:
        return
    assert read_number(str(number)) == number


def test_numbers_are_found_inside_a_sentence() -> None:
    sentence = "按照GB/T 18487.1—2015、GB17167和JJF 1059.1-2012以及db31t1234的规定；环境温度（20±5）℃，LD 50，65 dB。"
    assert [str(found.number) for found in find_numbers(sentence)] == [
        "GB/T 18487.1—2015", "GB 17167", "JJF 1059.1—2012", "DB31/T 1234",
    ]  # fmt: skip
    first = find_numbers(sentence)[0]
    assert sentence[first.start : first.stop] == "GB/T 18487.1—2015"


def test_in_running_text_an_association_keeps_its_slash() -> None:
    assert [str(found.number) for found in find_numbers("见TCADP 12-2024、TYPE 12-2020和T/CADP 13-2024。")] == [
        "T/CADP 13—2024"
    ]
