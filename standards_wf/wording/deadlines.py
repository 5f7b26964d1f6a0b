"""What a deadline is for and how its days are counted, in words."""

from datetime import date

from standards_wf.wording import dates, labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.deadlines import Deadline, Due, Unit
from standards_wf.workflow.working_days import (
    DayKind,
    YearNotPublished,
    kind_of_day,
    next_working_day,
    working_days_between,
)

DUE_WORDS: dict[Due, Term] = {
    Due.COMPLETION: Term("项目计划规定的完成日期", "Completion date of the plan"),
    Due.CONSULTATION_CLOSES: Term("征求意见截止", "The consultation closes"),
    Due.PAPERS_TO_SEND: Term("最迟送出审查材料", "Last day to send the papers"),
    Due.MEETING: Term("审查会议", "Meeting of the review"),
    Due.BALLOT_CLOSES: Term("表决截止", "The ballot closes"),
    Due.NOTICE_ENDS: Term("公示期满", "The public notice ends"),
    Due.IMPLEMENTATION: Term("实施日期", "Implementation date"),
    Due.FULL_TEXT: Term("公开全文期限", "The full text is to be public"),
    Due.FILING: Term("备案期限", "Filing is due"),
    Due.REVIEW_OPINION: Term("提出复审意见期限", "The opinion of the periodic review is due"),
    Due.PERIODIC_REVIEW: Term("复审周期届满", "The cycle of the periodic review ends"),
}


def counting(deadline: Deadline) -> str:
    """How the days of a deadline are counted; empty where somebody fixed the day itself."""
    if deadline.counted_from is None or deadline.figure is None:
        return ""
    day = dates.long_date(deadline.counted_from)
    if deadline.unit is Unit.MONTHS:
        span = dates.months(deadline.figure)
        if deadline.backwards:
            return t("{day}前{span}，按日历月计", "{span} before {day}, in calendar months", day=day, span=span)
        return t("自{day}起{span}，按日历月计", "{span} from {day}, in calendar months", day=day, span=span)
    span = dates.days(deadline.figure)
    if deadline.backwards:
        return t(
            "{day}前{span}，当日不计，按日历日计",
            "{span} before {day}, that day not counted, in calendar days",
            day=day,
            span=span,
        )
    if deadline.first_day_counted:
        return t(
            "自{day}当日起{span}，按日历日计",
            "{span} from {day}, that day counted, in calendar days",
            day=day,
            span=span,
        )
    return t(
        "自{day}的次日起{span}，按日历日计",
        "{span} counted from the day after {day}, in calendar days",
        day=day,
        span=span,
    )


def moved(deadline: Deadline) -> str:
    """By how much the time of rest moved the last day; empty where it did not."""
    if not deadline.suspended_days:
        return ""
    return t(
        "原定{planned}，中止{days}，顺延至{on}",
        "planned for {planned}, moved by {days} of suspension to {on}",
        planned=dates.long_date(deadline.planned_on),
        days=dates.days(deadline.suspended_days),
        on=dates.long_date(deadline.on),
    )


def rule_words(deadline: Deadline) -> str:
    """The name of the parameter that the deadline rests on; empty where there is none."""
    return str(labels.rule(deadline.rule)) if deadline.rule else ""


_REST_DAYS: dict[DayKind, Term] = {
    DayKind.WEEKEND: Term("周末", "on a weekend"),
    DayKind.HOLIDAY: Term("法定节假日", "on a public holiday"),
}


def falls(on: date) -> str:
    """That a last day is not worked, which moves nothing; empty where it is. Of a year not announced, that much is said."""
    kind = kind_of_day(on)
    if kind is DayKind.UNKNOWN:
        return t("{year}年的节假日安排未知", "the public holidays of {year} are not known yet", year=on.year)
    if kind not in _REST_DAYS:
        return ""
    try:
        next_one = dates.long_date(next_working_day(on))
    except YearNotPublished:
        return t("适逢{rest}，期限不顺延", "falls {rest}, and is not moved", rest=_REST_DAYS[kind])
    return t(
        "适逢{rest}，期限不顺延；下一工作日为{day}",
        "falls {rest}, and is not moved; the next working day is {day}",
        rest=_REST_DAYS[kind],
        day=next_one,
    )


def working_days_left(today: date, on: date) -> str:
    """How many working days are left; empty where none are, or where the holidays are not known."""
    try:
        left = working_days_between(today, on)
    except YearNotPublished:
        return ""
    if left <= 0:
        return ""
    return t("其中 {n} 个工作日", "{n} of them working days", n=left)
