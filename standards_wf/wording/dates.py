"""Dates, spans, shares and counts, said in words."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from standards_wf.wording.language import t

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DIGITS = "零一二三四五六七八九十"
_PARTS = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
_COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def long_date(day: date) -> str:
    """A day as a reader expects it: 2025年6月1日, 1 June 2025."""
    return t(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def days(count: int) -> str:
    """So many days."""
    return t(f"{count}日", f"{count} {'day' if count == 1 else 'days'}")


def months(count: int) -> str:
    """So many months."""
    return t(f"{count}个月", f"{count} {'month' if count == 1 else 'months'}")


def persons(count: int) -> str:
    """So many persons."""
    return t(f"{count}人", f"{count} {'person' if count == 1 else 'persons'}")


def days_left(count: int) -> str:
    """How long a deadline is still away, or how long ago it passed."""
    if count == 0:
        return t("今天到期", "due today")
    if count > 0:
        return t(f"还剩 {count} 天", f"{days(count)} left")
    return t(f"已逾期 {-count} 天", f"{days(-count)} overdue")


def done_late(params: Mapping[str, object]) -> str | None:
    """When an act of the clock fell due and how late it was done, from what the history keeps of it.

    Nothing to say where it was in time; `None` for what is no act of the clock.
    """
    late = params.get("late_days")
    if not isinstance(late, int):
        return None
    if not late:
        return ""
    return t(
        "应于{day}办理，迟办{late}",
        "due on {day}, done {late} late",
        day=long_date(date.fromisoformat(str(params["due_on"]))),
        late=days(late),
    )


def share(value: Fraction) -> str:
    """A share in words where it has a plain name (四分之三, three quarters), otherwise as a fraction."""
    above, below = value.numerator, value.denominator
    if above == 0:
        return t("零", "none")
    if value == 1:
        return t("全部", "all")
    if value == Fraction(1, 2):
        return t("二分之一", "half")
    if not 0 < above < below or below not in _PARTS:
        return f"{above}/{below}"
    part = _PARTS[below] + ("" if above == 1 else "s")
    return t(f"{_DIGITS[below]}分之{_DIGITS[above]}", f"{_COUNTS[above]} {part}")


def rule_value(value: int | Fraction | None, unit: str) -> str:
    """The value of a rule with its unit; a dash where the kind has no such step."""
    if value is None:
        return "—"
    if isinstance(value, Fraction) or unit == "share":
        return share(Fraction(value))
    return {"days": days, "months": months, "persons": persons}[unit](value)
