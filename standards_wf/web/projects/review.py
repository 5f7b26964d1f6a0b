"""The technical review: its page, and the forms for date, papers, ballot, vote, minutes, signatures and answers."""

from datetime import datetime, timedelta

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.problems import EXCLUSIONS
from standards_wf.services.reading.reviews import ReviewPage, attendable_of, listable_of, review_of
from standards_wf.services.reviews import (
    AnswerObjection,
    RecordMinutes,
    SendPapers,
    SetReviewDate,
    SignMinutes,
    answer_objection,
    record_minutes,
    send_papers,
    set_review_date,
    sign_minutes,
)
from standards_wf.services.voters import ListedVoter
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import show_form, show_tab, since, way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Position, ReviewMode, Role, Stage

ANSWERING = frozenset({Stage.REVIEW, Stage.SUBMISSION, Stage.DRAFTING, Stage.RESOLUTION})


def _page(project_id: int) -> ReviewPage:
    return review_of(db.session(), project_id, current_actor(), current_moment())


@bp.get("/<int:project_id>/review")
def review(project_id: int) -> ResponseReturnValue:
    """The review that runs or ran last."""
    page = _page(project_id)
    head = page.head
    return show_tab(
        "review",
        head,
        "review",
        page=page,
        is_secretary=head.has(Role.COMMITTEE_SECRETARY) and page.review is not None and page.review.outcome is None,
        may_answer=head.stage in ANSWERING and head.has(Role.DRAFTER, Role.COMMITTEE_SECRETARY),
        sentence=tally_sentence(page),
    )


def tally_sentence(page: ReviewPage) -> str:
    """The count in words: how many voted, how many were needed, and what that means."""
    ballot = page.review.ballot if page.review else None
    if ballot is None:
        return ""
    tally = ballot.tally
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
    if ballot.closed_at is None:
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


def _form(
    page: ReviewPage, trouble: Trouble, *, title: str, submit: str, fields: tuple[Field, ...], **more: object
) -> FormPage:
    project_id = page.head.id
    return FormPage(
        title=title,
        under=page.head.title_zh,
        crumbs=way_to(page.head, "review", t("审查", "Review")),
        groups=(Group(fields=fields),),
        version=page.head.version,
        submit=submit,
        cancel_url=url_for("projects.review", project_id=project_id),
        trouble=trouble,
        since=since(page.head, trouble),
        **more,  # type: ignore[arg-type]  # further fields of the page, by name
    )


def _back(project_id: int) -> str:
    return url_for("projects.review", project_id=project_id)


@bp.route("/<int:project_id>/review/date", methods=["GET", "POST"])
def review_date(project_id: int) -> ResponseReturnValue:
    """The form of day and place of the meeting."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        notice = found.rules.papers_notice_days
        shown = found.review
        fields = (
            Field(
                name="meets_on",
                input=Input.DATE,
                value=(shown.meets_on if shown else None) or current_moment().day + timedelta(days=notice + 1),
                hint=t("审查材料须提前{days}送出。", "The papers must be sent {days} before.", days=dates.days(notice)),
            ),
            Field(name="place", required=False, value=shown.place if shown else ""),
        )
        return _form(
            found,
            trouble,
            title=t("确定会议日期", "Set the date of the meeting"),
            submit=t("保存", "Save"),
            fields=fields,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: SetReviewDate(
            project_id=project_id,
            expected_version=reader.version(),
            meets_on=reader.needed_day("meets_on"),
            place=reader.text("place"),
        ),
        do=lambda session, command: set_review_date(session, command, actor=current_actor(), moment=current_moment()),
        done=t("会议日期已确定。", "The date is set."),
        after=_back(project_id),
    )


@bp.route("/<int:project_id>/review/papers", methods=["GET", "POST"])
def review_papers(project_id: int) -> ResponseReturnValue:
    """Say that the papers were sent today."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        told = (
            t(
                "登记今天（{day}）送出，并通知全体审查人员。",
                "Recorded as sent today ({day}); all reviewers are told.",
                day=dates.long_date(current_moment().day),
            ),
        )
        return _form(
            found,
            trouble,
            title=t("送出审查材料", "Send the papers"),
            submit=t("登记送出", "Record as sent"),
            fields=(),
            told=told,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: SendPapers(project_id=project_id, expected_version=reader.version()),
        do=lambda session, command: send_papers(session, command, actor=current_actor(), moment=current_moment()),
        done=t("已登记材料送出。", "The papers are recorded as sent."),
        after=_back(project_id),
    )


@bp.route("/<int:project_id>/review/ballot", methods=["GET", "POST"])
def ballot(project_id: int) -> ResponseReturnValue:
    """The form that opens the ballot, with the list and who of it has no vote."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        listed = listable_of(db.session(), project_id, current_actor(), current_moment())
        meets_on = found.review.meets_on if found.review else None
        fields = (
            Field(
                name="closes_on",
                input=Input.DATE,
                value=meets_on
                if meets_on and meets_on >= current_moment().day
                else current_moment().day + timedelta(days=14),
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
        return _form(
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
        after=_back(project_id),
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
    shown = _page(project_id).review
    if shown is None or shown.ballot is None:
        raise NotFound("ballot")
    ballot_id = shown.ballot.id

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
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
        return _form(
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
        after=_back(project_id),
    )


@bp.route("/<int:project_id>/review/close", methods=["GET", "POST"])
def close(project_id: int) -> ResponseReturnValue:
    """Close the ballot."""
    shown = _page(project_id).review
    if shown is None or shown.ballot is None:
        raise NotFound("ballot")
    ballot_id = shown.ballot.id

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        return _form(
            found,
            trouble,
            title=t("结束表决", "Close the ballot"),
            submit=t("结束表决", "Close the ballot"),
            fields=(),
            told=(tally_sentence(found), t("结束后不能再投票。", "No vote is taken afterwards.")),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: CloseBallot(ballot_id=ballot_id, expected_version=reader.version()),
        do=lambda session, command: close_ballot(session, command, actor=current_actor(), moment=current_moment()),
        done=t("表决已结束。", "The ballot is closed."),
        after=_back(project_id),
    )


@bp.route("/<int:project_id>/review/minutes", methods=["GET", "POST"])
def minutes(project_id: int) -> ResponseReturnValue:
    """The form of the minutes, with who attended."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        shown = found.review.minutes if found.review else None
        fields = [
            Field(
                name="text",
                input=Input.TEXTAREA,
                label=t("审查情况和主要意见", "What was discussed"),
                rows=10,
                value=shown.text if shown else "",
            ),
            Field(
                name="conclusion",
                input=Input.TEXTAREA,
                label=t("审查结论", "Conclusion"),
                rows=4,
                value=shown.conclusion if shown else tally_sentence(found),
            ),
        ]
        if found.review is None or found.review.mode is ReviewMode.MEETING:
            people = attendable_of(db.session(), project_id, current_actor(), current_moment())
            attended = {signer.person_id for signer in shown.signers} if shown else {one.person_id for one in people}
            fields.append(
                Field(
                    name="attending",
                    input=Input.CHECKBOXES,
                    label=t("出席人员（须签字）", "Who attended (and signs)"),
                    choices=tuple(
                        (str(one.person_id), one.name, f"{labels.role(one.role)} · {one.organization}")
                        for one in people
                    ),
                    chosen=tuple(str(identity) for identity in attended),
                )
            )
        told = (
            (t("重新登记后，已有的签字作废。", "When recorded again, signatures already given are dropped."),)
            if shown
            else ()
        )
        return _form(
            found,
            trouble,
            title=t("登记审查纪要", "Record the minutes"),
            submit=t("登记", "Record"),
            fields=tuple(fields),
            told=told,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: RecordMinutes(
            project_id=project_id,
            expected_version=reader.version(),
            text=reader.text("text"),
            conclusion=reader.text("conclusion"),
            attending=reader.numbers("attending"),
        ),
        do=lambda session, command: record_minutes(session, command, actor=current_actor(), moment=current_moment()),
        done=t("纪要已登记，等待签字。", "The minutes are recorded and wait to be signed."),
        after=_back(project_id),
    )


@bp.route("/<int:project_id>/review/sign", methods=["GET", "POST"])
def sign(project_id: int) -> ResponseReturnValue:
    """Read the minutes once more and sign them."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        shown = found.review.minutes if found.review else None
        if shown is None:
            raise NotFound("minutes")
        return _form(
            found,
            trouble,
            title=t("签署纪要", "Sign the minutes"),
            submit=t("签字", "Sign"),
            fields=(Field(name="recorded_at", input=Input.HIDDEN, value=shown.recorded_at.isoformat(), required=None),),
            notices=(("info", shown.text), ("info", shown.conclusion)),
        )

    def read(reader: Reader) -> SignMinutes:
        try:
            recorded_at: datetime | None = datetime.fromisoformat(reader.text("recorded_at"))
        except ValueError:
            recorded_at = None
        return SignMinutes(project_id=project_id, recorded_at=recorded_at)

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: sign_minutes(session, command, actor=current_actor(), moment=current_moment()),
        done=t("您已签字。", "You have signed."),
        after=_back(project_id),
    )


@bp.route("/<int:project_id>/review/objections/<int:voter_id>", methods=["GET", "POST"])
def objection(project_id: int, voter_id: int) -> ResponseReturnValue:
    """The form of the answer to an objection."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        voters = found.review.ballot.voters if found.review and found.review.ballot else ()
        asked = next((voter for voter in voters if voter.id == voter_id and voter.reason), None)
        if asked is None:
            raise NotFound("objection", voter_id)
        fields = (Field(name="answer", input=Input.TEXTAREA, label=t("答复", "Answer"), value=asked.answer),)
        return _form(
            found,
            trouble,
            title=t("答复审查意见", "Answer the objection"),
            submit=t("保存", "Save"),
            fields=fields,
            notices=(("info", f"{asked.name}：{asked.reason}"),),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: AnswerObjection(vote_id=voter_id, answer=reader.text("answer")),
        do=lambda session, command: answer_objection(session, command, actor=current_actor(), moment=current_moment()),
        done=t("答复已保存。", "The answer is saved."),
        after=_back(project_id),
    )
