"""The pages of document numbers: those of the people who publish, and the one that reads any number."""

from collections.abc import Callable

import pytest

from tests.support.client import Browser

Browse = Callable[..., Browser]
SERIES = "/numbers/DB31-T"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", ["/numbers", SERIES, "/numbers/JJF(沪)", f"{SERIES}/reserve", f"{SERIES}/unusable"])
def test_who_publishes_has_a_page_for_each_series(browse: Browse, address: str, language: str) -> None:
    assert browse("clerk").speak(language).get(address).queries <= 20


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", ["/numbers", f"{SERIES}/settings", "/numbers/plan/local_standard"])
def test_the_administrator_sets_the_series_up(browse: Browse, address: str, language: str) -> None:
    browse("administrator").speak(language).get(address)
    if address != "/numbers":
        browse("clerk").get(address, status=403)


def test_nobody_else_looks_into_a_series(browse: Browse) -> None:
    browse("department").get("/numbers", status=403)
    browse("department").get(SERIES, status=404)
    browse("association").get(SERIES, status=404)
    browse("association").get("/numbers/T-SLXH")
    browse("clerk").get("/numbers/T-SLXH", status=404)
    browse("administrator").get(f"{SERIES}/reserve", status=403)
    browse("administrator").get("/numbers/plan/no-kind", status=404)
    browse().get("/numbers", status=302)
    assert "/numbers" in browse("clerk").get("/desk").links
    assert "/numbers" not in browse("department").get("/desk").links


def test_a_number_is_reserved_shown_and_released(browse: Browse) -> None:
    clerk = browse("clerk")
    page = clerk.submit(f"{SERIES}/reserve", status=422, number="GB/T 1", reason="已答复来函")
    assert "不是DB31/T系列的编号" in page.text
    assert "已答复来函" in page.text
    clerk.submit(f"{SERIES}/reserve", number="db31t 1600", reason="已答复来函")
    page = clerk.get(SERIES)
    assert "DB31/T 1600" in page.text
    assert "已答复来函" in page.text
    clerk.submit(SERIES, action=f"{SERIES}/release/1600")
    assert "DB31/T 1600" not in clerk.get(SERIES).text


def test_a_number_that_is_not_to_be_used_is_shown_with_who_said_so(browse: Browse) -> None:
    clerk = browse("clerk")
    clerk.submit(f"{SERIES}/unusable", number="DB31/T 13", reason="曾错印")
    page = clerk.speak("en").get(SERIES)
    assert "Not to be used" in page.text
    assert "主管机关经办人" in page.text
    record = browse("administrator").get("/admin/audit").text
    assert "编号不再使用" in record


def test_the_first_serial_and_the_pattern_of_plan_numbers_are_changed(browse: Browse) -> None:
    administrator = browse("administrator")
    page = administrator.submit(f"{SERIES}/settings", status=422, first_serial="0")
    assert "起始顺序号" in page.text
    administrator.submit(f"{SERIES}/settings", first_serial="1511")
    assert "1511" in administrator.get(SERIES).text
    administrator.submit("/numbers/JJF(沪)/settings", first_serial="1", padding="4")
    assert "补零到4位" in administrator.get("/numbers/JJF(沪)").text
    administrator.submit("/numbers/plan/local_standard", status=422, pattern="沪标{year}")
    administrator.submit("/numbers/plan/local_standard", pattern="沪标{year}-{serial:4}")
    assert "沪标2025-0001" in administrator.get("/numbers").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_may_have_a_number_read(browse: Browse, language: str) -> None:
    visitor = browse().speak(language)
    assert "T/SSITS 2003—2023" in visitor.get("/help/numbers").text
    assert "JJF(沪) 12—2025" in visitor.get("/help/numbers?text=jjf%E3%80%94%E6%B2%AA%E3%80%9512%EF%BC%8D2025").text
    refused = visitor.get("/help/numbers?text=%3Cb%3EJIS%20Z%201").text
    assert ("不属于已知的编号系列" if language == "zh" else "not of a known family") in refused
