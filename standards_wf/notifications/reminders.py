"""The words of a reminder: what is due, since when or until when, why, and where it is met."""

from dataclasses import dataclass
from datetime import date

from standards_wf.notifications.messages import Mail, in_both_languages, spoken, subject_line
from standards_wf.wording import dates, labels
from standards_wf.wording.deadlines import DUE_WORDS, counting, moved
from standards_wf.wording.language import Language, t
from standards_wf.workflow.deadlines import Deadline, Due
from standards_wf.workflow.vocabulary import Kind

PLACE_OF: dict[Due, str] = {
    Due.PAPERS_TO_SEND: "/review/papers",
    Due.MEETING: "/review",
    Due.BALLOT_CLOSES: "/review",
    Due.NOTICE_ENDS: "/life",
    Due.FILING: "/actions/record_filing",
    Due.REVIEW_OPINION: "/life",
    Due.PERIODIC_REVIEW: "/life",
}
"""Where below the address of the case a deadline is met; the others are met on its first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What a reminder tells."""

    kind: Kind
    title_zh: str
    title_en: str
    deadline: Deadline
    basis: str
    """Where the rule of the deadline comes from; empty where none stands behind it."""
    basis_is_confirmed: bool
    today: date
    address: str
    """Where it is met."""


def place_of(due: Due, case_address: str) -> str:
    """The address at which a deadline of a case is met."""
    return case_address + PLACE_OF.get(due, "")


def in_a_line(due: Due, on: date, today: date) -> str:
    """What is due, and how long it is away or overdue, in the current language."""
    return t(
        "{due}：{left}",
        "{due}: {left}",
        due=DUE_WORDS[due],
        left=dates.days_left((on - today).days),
    )


def reminder_mail(reminded: Reminded, *, identity: str, to_name: str, to_address: str) -> Mail:
    """The mail for one person."""
    with spoken(Language.ZH):
        subject = subject_line(
            reminded.title_zh, in_a_line(reminded.deadline.due, reminded.deadline.on, reminded.today)
        )
    return Mail(identity, to_name, to_address, subject, in_both_languages(lambda: _paragraphs(reminded, to_name)))


def _paragraphs(reminded: Reminded, name: str) -> tuple[str, ...]:
    """The message in the current language."""
    deadline = reminded.deadline
    paragraphs = [
        t("{name}，您好：", "Dear {name},", name=name),
        t(
            "{kind}《{title}》有一项期限需要您办理。",
            "A deadline lies in your hands: {kind_en} “{english_title}”.",
            kind=labels.kind(reminded.kind),
            kind_en=labels.mid_sentence(labels.kind(reminded.kind)),
            title=reminded.title_zh,
            english_title=reminded.title_en or reminded.title_zh,
        ),
        t(
            "{due}：{day}，{left}。",
            "{due}: {day}, {left}.",
            due=DUE_WORDS[deadline.due],
            day=dates.long_date(deadline.on),
            left=dates.days_left(deadline.days_left(reminded.today)),
        ),
    ]
    told = [part for part in (counting(deadline), moved(deadline)) if part]
    if told:
        paragraphs.append(t("计算：{told}。", "Counted: {told}.", told=t("；", "; ").join(told)))
    if reminded.basis:
        paragraphs.append(_basis(reminded))
    paragraphs += [
        t("办理：{address}", "To be met at: {address}", address=reminded.address),
        t(
            "办结后不再提醒；期限变更的，按新的日期提醒。",
            "The reminders end when it is done, and follow the date when it is moved.",
        ),
    ]
    return tuple(paragraphs)


def _basis(reminded: Reminded) -> str:
    unconfirmed = (
        ""
        if reminded.basis_is_confirmed
        else t("（尚未核实，为本安装采用的数值）", " (not confirmed; the figure is the one this installation goes by)")
    )
    return t(
        "依据：{basis}{unconfirmed}。",
        "Basis: {basis}{unconfirmed}.",
        basis=labels.basis(reminded.basis),
        unconfirmed=unconfirmed,
    )
