"""The count of a ballot in words."""

from standards_wf.services.ballots import Tally
from standards_wf.wording import dates
from standards_wf.wording.language import t


def tally_sentence(tally: Tally, *, is_closed: bool) -> str:
    """How many voted, how many were needed, and what that means; how they voted is said when the ballot is closed."""
    numbers = {
        "entitled": tally.entitled,
        "cast": tally.cast,
        "quorum": dates.share(tally.quorum),
        "cast_needed": tally.cast_needed,
        "votes_for": tally.votes_for,
        "approve": dates.share(tally.approve),
        "for_needed": tally.for_needed,
    }
    turnout = t(
        "有表决权 {entitled} 人，已投 {cast} 票；按{quorum}计，至少须投 {cast_needed} 票。",
        "{cast} of {entitled} entitled have voted; {quorum} of them, that is {cast_needed}, make the quorum.",
        **numbers,
    )
    if not is_closed:
        return turnout
    if not tally.quorum_met:
        return turnout + t(
            "未达到法定人数，表决无效，须重新审查。", " The quorum was missed, so the ballot decides nothing."
        )
    outcome = t("达到", "reached") if tally.approved else t("未达到", "not reached")
    return turnout + t(
        "同意 {votes_for} 票；按已投票数的{approve}计，至少须同意 {for_needed} 票：{outcome}。",
        " In favour: {votes_for}; {approve} of the votes cast, that is {for_needed}, are needed: {outcome}.",
        **numbers,
        outcome=outcome,
    )
