"""Dates, spans and shares read as people say them."""

from datetime import date
from fractions import Fraction

import pytest

from standards_wf.wording import dates
from standards_wf.wording.language import Language, use


@pytest.mark.parametrize(
    ("say", "value", "zh", "en"),
    [
        (dates.long_date, date(2025, 6, 1), "2025年6月1日", "1 June 2025"),
        (dates.days, 1, "1日", "1 day"),
        (dates.days, 30, "30日", "30 days"),
        (dates.months, 12, "12个月", "12 months"),
        (dates.persons, 1, "1人", "1 person"),
        (dates.days_left, 3, "还剩 3 天", "3 days left"),
        (dates.days_left, 1, "还剩 1 天", "1 day left"),
        (dates.days_left, 0, "今天到期", "due today"),
        (dates.days_left, -1, "已逾期 1 天", "1 day overdue"),
        (dates.days_left, -2, "已逾期 2 天", "2 days overdue"),
        (dates.share, Fraction(3, 4), "四分之三", "three quarters"),
        (dates.share, Fraction(2, 3), "三分之二", "two thirds"),
        (dates.share, Fraction(1, 4), "四分之一", "one quarter"),
        (dates.share, Fraction(1, 2), "二分之一", "half"),
        (dates.share, Fraction(0), "零", "none"),
        (dates.share, Fraction(1), "全部", "all"),
        (dates.share, Fraction(7, 13), "7/13", "7/13"),
        (dates.share, Fraction(5, 3), "5/3", "5/3"),
    ],
)
def test_it_is_said_in_both_languages(say: object, value: object, zh: str, en: str) -> None:
    assert callable(say)
    use(Language.ZH)
    assert say(value) == zh
    use(Language.EN)
    assert say(value) == en
    use(Language.ZH)


def test_the_value_of_a_rule_comes_with_its_unit() -> None:
    assert dates.rule_value(30, "days") == "30日"
    assert dates.rule_value(18, "months") == "18个月"
    assert dates.rule_value(7, "persons") == "7人"
    assert dates.rule_value(Fraction(0), "share") == "零"
    assert dates.rule_value(None, "days") == "—"
