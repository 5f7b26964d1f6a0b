"""Why an act that needs two persons cannot be prepared or confirmed, and the sentences that say so."""

from enum import StrEnum

from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book


class TwoPersonProblem(StrEnum):
    """What stands against preparing an act, or against confirming it."""

    PREPARED_ALREADY = "prepared_already"
    CONFIRMED_ALREADY = "confirmed_already"
    WITHDRAWN_ALREADY = "withdrawn_already"
    FALLEN = "prepared_act_fallen"
    EXPIRED = "prepared_act_expired"
    ANOTHER_ACT = "another_act_was_prepared"
    SAME_PERSON = "same_person"
    STANDS_IN = "stands_in_for_the_other"
    NAMELESS = "nameless"
    DAYS_OUT_OF_RANGE = "days_out_of_range"


_SENTENCES: dict[TwoPersonProblem, Term] = {
    TwoPersonProblem.PREPARED_ALREADY: Term(
        "“{act}”已由{by}准备（第{number}号），等待另一人在{confirm_by}之前（含当日）确认；请确认或者撤回，不必再次准备。",
        '"{act}" was prepared already by {by} (no. {number}) and waits for a second person until {confirm_by}. '
        "Confirm it or withdraw it instead of preparing it again.",
    ),
    TwoPersonProblem.CONFIRMED_ALREADY: Term(
        "第{number}号准备的事项已经确认办理。", "What was prepared as no. {number} is confirmed and done already."
    ),
    TwoPersonProblem.WITHDRAWN_ALREADY: Term(
        "第{number}号准备的事项已经撤回；需要时请重新准备。",
        "What was prepared as no. {number} was withdrawn. Prepare it again if it is to be done.",
    ),
    TwoPersonProblem.FALLEN: Term(
        "第{number}号事项准备之后项目又有变动，准备已失效；请查看变动后重新准备。",
        "The project has changed since no. {number} was prepared, so it no longer counts. See what changed, "
        "and prepare it again.",
    ),
    TwoPersonProblem.EXPIRED: Term(
        "第{number}号准备的事项须在{confirm_by}之前（含当日）确认，已经过期；请重新准备。",
        "What was prepared as no. {number} could be confirmed until {confirm_by}. Prepare it again.",
    ),
    TwoPersonProblem.ANOTHER_ACT: Term(
        "第{number}号准备的是“{prepared}”，不是“{act}”；请核对编号。",
        'No. {number} is "{prepared}", not "{act}". Check the number.',
    ),
    TwoPersonProblem.SAME_PERSON: Term(
        "此事须由两人分别准备和确认；您已参与准备，请由另一位有权办理的人确认。",
        "This takes two persons, one who prepares and one who confirms. You have had a part in preparing it, so "
        "somebody else must confirm.",
    ),
    TwoPersonProblem.STANDS_IN: Term(
        "您与准备此事的{by}之间有代理关系，不能由您确认；请由另一位有权办理的人确认。",
        "You and {by}, who prepared this, stand in for one another. Somebody else must confirm.",
    ),
    TwoPersonProblem.NAMELESS: Term(
        "此事须由两位具名的人办理；请以登录名办理。",
        "This takes two persons with names. Say in whose name it is done.",
    ),
    TwoPersonProblem.DAYS_OUT_OF_RANGE: Term(
        "“{given}”不是可用的天数；请填写1至{maximum}之间的整数。",
        '"{given}" is not a number of days that can be used. Give a whole number from 1 to {maximum}.',
    ),
}

SENTENCES: Book = {TwoPersonProblem: _SENTENCES}
"""For `wording.refusals.sentence(refusal, book=…)`."""
