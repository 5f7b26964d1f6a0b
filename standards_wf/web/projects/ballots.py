"""The ballot of a review: opening it, voting, closing it."""

from flask.typing import ResponseReturnValue

from standards_wf.errors import Forbidden, NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.problems import EXCLUSIONS, ReviewProblem
from standards_wf.services.reading.reviews import listable_of
from standards_wf.services.voters import ListedVoter
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Input
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.review_forms import count_in_words, review_form, review_page, way_back
from standards_wf.web.projects.shown import show_form
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.deadlines import usual_ballot_end
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Position, Role


@bp.route("/<int:project_id>/review/ballot", methods=["GET", "POST"])
def ballot(project_id: int) -> ResponseReturnValue:
    """The form that opens the ballot, with the list and who of it has no vote."""

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        listed = listable_of(db.session(), project_id, current_actor(), current_moment())
        meets_on = found.review.meets_on if found.review else None
        fields = (
            Field(
                name="closes_on",
                input=Input.DATE,
                value=meets_on
                if meets_on and meets_on >= current_moment().day
                else usual_ballot_end(current_moment().day),
                least=current_moment().day,
                hint=t("当天仍可投票。", "Votes are taken on this day too."),
            ),
            Field(
                name="voters",
                input=Input.CHECKBOXES,
                label=t("表决名单", "List of the ballot"),
                choices=tuple((str(voter.reviewer.person_id), *_listed_words(voter)) for voter in listed),
                chosen=tuple(
                    str(voter.reviewer.person_id) for voter in listed if voter.reviewer.role is not Role.INVITED_EXPERT
                ),
                hint=t(
                    "至少 {n} 人有表决权；起草人没有表决权，起草单位人员不超过{share}。",
                    "At least {n} must be entitled; drafters have no vote, and {share} at most may come from drafting units.",
                    n=found.rules.review_min_voters,
                    share=dates.share(found.rules.review_max_drafter_unit_share),
                ),
            ),
        )
        return review_form(
            found,
            trouble,
            title=t("开始表决", "Open the ballot"),
            submit=t("开始表决", "Open the ballot"),
            fields=fields,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: OpenBallot(
            project_id=project_id,
            expected_version=reader.version(),
            closes_on=reader.needed_day("closes_on"),
            voters=reader.numbers("voters"),
        ),
        do=lambda session, command: open_ballot(session, command, actor=current_actor(), moment=current_moment()),
        done=t("表决已开始。", "The ballot is open."),
        after=way_back(project_id),
    )


def _listed_words(voter: ListedVoter) -> tuple[str, ...]:
    name = (
        f"{voter.reviewer.name}（{voter.reviewer.organization}）"
        if voter.reviewer.organization
        else voter.reviewer.name
    )
    hints = [str(labels.role(voter.reviewer.role))]
    if voter.exclusion:
        hints.append(str(EXCLUSIONS[voter.exclusion]))
    elif voter.from_drafting_unit:
        hints.append(t("来自起草单位", "from a drafting unit"))
    return name, t("；", "; ").join(hints)


@bp.route("/<int:project_id>/review/vote", methods=["GET", "POST"])
def vote(project_id: int) -> ResponseReturnValue:
    """The form of one's own vote."""
    shown = review_page(project_id).review
    if shown is None or shown.ballot is None:
        raise NotFound("ballot")
    if all(voter.person_id != current_actor().person_id for voter in shown.ballot.voters):
        raise Forbidden(Refusal(ReviewProblem.NOT_ON_THE_LIST))
    ballot_id = shown.ballot.id

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        fields = (
            Field(
                name="position",
                input=Input.RADIOS,
                label=t("您的表决意见", "Your vote"),
                choices=tuple((code.value, labels.position(code)) for code in Position),
            ),
            Field(
                name="reason",
                input=Input.TEXTAREA,
                label=t("理由或意见", "Reason or remark"),
                required=None,
                hint=t("不同意时必填。", "Needed for a vote against."),
            ),
        )
        told = (t("每人只能投一次，投出后不能更改。", "A vote is cast once and cannot be changed."),)
        return review_form(
            found, trouble, title=t("投票", "Vote"), submit=t("投票", "Cast the vote"), fields=fields, told=told
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: CastVote(
            ballot_id=ballot_id, position=reader.needed_code("position", Position), reason=reader.text("reason")
        ),
        do=lambda session, command: cast_vote(session, command, actor=current_actor(), moment=current_moment()),
        done=t("您的表决已记录。", "Your vote is recorded."),
        after=way_back(project_id),
    )


@bp.route("/<int:project_id>/review/close", methods=["GET", "POST"])
def close(project_id: int) -> ResponseReturnValue:
    """Close the ballot."""
    shown = review_page(project_id).review
    if shown is None or shown.ballot is None:
        raise NotFound("ballot")
    ballot_id = shown.ballot.id

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        return review_form(
            found,
            trouble,
            title=t("结束表决", "Close the ballot"),
            submit=t("结束表决", "Close the ballot"),
            fields=(),
            told=(count_in_words(found), t("结束后不能再投票。", "No vote is taken afterwards.")),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: CloseBallot(ballot_id=ballot_id, expected_version=reader.version()),
        do=lambda session, command: close_ballot(session, command, actor=current_actor(), moment=current_moment()),
        done=t("表决已结束。", "The ballot is closed."),
        after=way_back(project_id),
    )
