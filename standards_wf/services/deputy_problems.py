"""Why a deputy cannot be named, and the sentences that say so."""

from enum import StrEnum

from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book


class DeputyProblem(StrEnum):
    """What is wrong with a deputyship."""

    NO_SUCH_PERSON = "no_such_person"
    OF_ONESELF = "of_oneself"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TOO_LONG_A_PERIOD = "too_long_a_period"
    NOTHING_TO_LEND = "nothing_to_lend"
    NAMED_ALREADY = "named_already"
    OVER_ALREADY = "over_already"


_SENTENCES: dict[DeputyProblem, Term] = {
    DeputyProblem.NO_SUCH_PERSON: Term(
        "没有登录名为“{given}”的在用账号；请核对代理人的登录名。",
        'Nobody who can log in has the login "{given}". Check the login of the deputy.',
    ),
    DeputyProblem.OF_ONESELF: Term(
        "不能由本人代理本人；请填写另一个人的登录名。", "Nobody is their own deputy. Give the login of somebody else."
    ),
    DeputyProblem.BEGINS_IN_THE_PAST: Term(
        "代理不能从已经过去的{valid_from}开始；最早从今天（{today}）开始。",
        "A deputyship cannot begin on {valid_from}, which has passed. It begins today, {today}, or later.",
    ),
    DeputyProblem.ENDS_BEFORE_IT_BEGINS: Term(
        "代理的最后一天{valid_to}早于第一天{valid_from}；请改正。",
        "The last day, {valid_to}, comes before the first, {valid_from}. Correct one of them.",
    ),
    DeputyProblem.TOO_LONG_A_PERIOD: Term(
        "代理期限最长为{maximum}日；请缩短，或者由管理员改派角色。",
        "A deputyship lasts {maximum:day|days} at most. Shorten it, or ask the administrator to grant the role itself.",
    ),
    DeputyProblem.NOTHING_TO_LEND: Term(
        "在此期间没有可以委托代理的角色；管理员角色不能委托。",
        "No role is held in this period that could be lent; that of the administrator is not lent.",
    ),
    DeputyProblem.NAMED_ALREADY: Term(
        "{name}在{valid_from}至{valid_to}期间已经代理同样的角色；请先撤销或者改定日期。",
        "{name} is a deputy for the same from {valid_from} to {valid_to} already. Revoke that first, or change the dates.",
    ),
    DeputyProblem.OVER_ALREADY: Term(
        "这一代理已经结束，无须撤销。", "This deputyship is over already; there is nothing to revoke."
    ),
}

SENTENCES: Book = {DeputyProblem: _SENTENCES}
"""For `wording.refusals.sentence(refusal, book=…)`."""
