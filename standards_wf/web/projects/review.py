"""The technical review: its page, and the forms for date, papers, minutes, signatures and answers."""

from datetime import datetime

from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.reviews import attendable_of
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
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.review_forms import count_in_words, review_form, review_page, way_back
from standards_wf.web.projects.shown import show_form, show_tab
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.deadlines import usual_meeting
from standards_wf.workflow.vocabulary import ReviewMode, Role, Stage

ANSWERING = frozenset({Stage.REVIEW, Stage.SUBMISSION, Stage.DRAFTING, Stage.RESOLUTION})


@bp.get("/<int:project_id>/review")
def review(project_id: int) -> ResponseReturnValue:
    """The review that runs or ran last."""
    page = review_page(project_id)
    head = page.head
    return show_tab(
        "review",
        head,
        "review",
        page=page,
        is_secretary=head.has(Role.COMMITTEE_SECRETARY) and page.review is not None and page.review.outcome is None,
        may_answer=head.stage in ANSWERING and head.has(Role.DRAFTER, Role.COMMITTEE_SECRETARY),
        sentence=count_in_words(page),
    )


@bp.route("/<int:project_id>/review/date", methods=["GET", "POST"])
def review_date(project_id: int) -> ResponseReturnValue:
    """The form of day and place of the meeting."""

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        notice = found.rules.papers_notice_days
        shown = found.review
        fields = (
            Field(
                name="meets_on",
                input=Input.DATE,
                value=(shown.meets_on if shown else None) or usual_meeting(current_moment().day, found.rules),
                hint=t("审查材料须提前{days}送出。", "The papers must be sent {days} before.", days=dates.days(notice)),
            ),
            Field(name="place", required=False, value=shown.place if shown else ""),
        )
        return review_form(
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
        after=way_back(project_id),
    )


@bp.route("/<int:project_id>/review/papers", methods=["GET", "POST"])
def review_papers(project_id: int) -> ResponseReturnValue:
    """Say that the papers were sent today."""

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        told = (
            t(
                "登记今天（{day}）送出，并通知全体审查人员。",
                "Recorded as sent today ({day}); all reviewers are told.",
                day=dates.long_date(current_moment().day),
            ),
        )
        return review_form(
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
        after=way_back(project_id),
    )


@bp.route("/<int:project_id>/review/minutes", methods=["GET", "POST"])
def minutes(project_id: int) -> ResponseReturnValue:
    """The form of the minutes, with who attended."""

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
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
                value=shown.conclusion if shown else count_in_words(found),
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
        return review_form(
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
        after=way_back(project_id),
    )


@bp.route("/<int:project_id>/review/sign", methods=["GET", "POST"])
def sign(project_id: int) -> ResponseReturnValue:
    """Read the minutes once more and sign them."""

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        shown = found.review.minutes if found.review else None
        if shown is None:
            raise NotFound("minutes")
        return review_form(
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
        after=way_back(project_id),
    )


@bp.route("/<int:project_id>/review/objections/<int:voter_id>", methods=["GET", "POST"])
def objection(project_id: int, voter_id: int) -> ResponseReturnValue:
    """The form of the answer to an objection."""

    def page(trouble: Trouble) -> FormPage:
        found = review_page(project_id)
        voters = found.review.ballot.voters if found.review and found.review.ballot else ()
        asked = next((voter for voter in voters if voter.id == voter_id and voter.reason), None)
        if asked is None:
            raise NotFound("objection", voter_id)
        fields = (Field(name="answer", input=Input.TEXTAREA, label=t("答复", "Answer"), value=asked.answer),)
        return review_form(
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
        after=way_back(project_id),
    )
