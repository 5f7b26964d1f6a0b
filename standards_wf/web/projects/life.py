"""Notices and their objections, filing, disclosure and the periodic review of a document."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.amendments import AMENDED, PREPARERS, PUBLISHERS
from standards_wf.services.citations import SETTLERS
from standards_wf.services.notices import AnswerNoticeObjection, answer_objection_to_notice
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.reading.publications import life_of
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, show_tab, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.deadlines import DUE_WORDS
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Conclusion, Role, Stage

OPINION = (Role.COMPETENT_DEPARTMENT, Role.COMMITTEE_SECRETARY, Role.AUTHORITY, Role.GROUP_SECRETARIAT)
ANSWERING = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)


@bp.get("/<int:project_id>/life")
def life(project_id: int) -> ResponseReturnValue:
    """What happens around and after publication."""
    page = life_of(db.session(), project_id, current_actor(), current_moment())
    return show_tab(
        "life",
        page.head,
        "life",
        page=page,
        due_words=DUE_WORDS,
        may_answer=page.head.has(*ANSWERING),
        may_prepare=page.head.stage in AMENDED and page.head.has(*PREPARERS),
        may_publish=page.head.stage in AMENDED and page.head.has(*PUBLISHERS),
        may_settle=page.head.has(*SETTLERS),
        may_opine=page.running is not None and page.head.stage is Stage.UNDER_REVIEW and page.head.has(*OPINION),
    )


@bp.route("/<int:project_id>/life/opinion", methods=["GET", "POST"])
def opinion(project_id: int) -> ResponseReturnValue:
    """The form of the opinion of a periodic review."""
    head_for(project_id, *OPINION)

    def page(trouble: Trouble) -> FormPage:
        found = life_of(db.session(), project_id, current_actor(), current_moment())
        running = found.running
        fields = (
            Field(
                name="conclusion",
                input=Input.RADIOS,
                choices=tuple((code.value, labels.conclusion(code)) for code in Conclusion),
                value=(running.conclusion if running else None) or "",
            ),
            Field(name="grounds", input=Input.TEXTAREA, rows=8, value=running.grounds if running else ""),
            Field(
                name="implementation",
                input=Input.TEXTAREA,
                rows=4,
                required=False,
                value=running.implementation if running else "",
            ),
        )
        return FormPage(
            title=t("登记复审意见", "Record the opinion of the periodic review"),
            under=found.head.title_zh,
            crumbs=way_to(found.head, "life", t("公示与复审", "Notices and reviews")),
            groups=(Group(fields=fields),),
            version=found.head.version,
            submit=t("登记", "Record"),
            cancel_url=url_for("projects.life", project_id=project_id),
            trouble=trouble,
            since=since(found.head, trouble),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: RecordOpinion(
            project_id=project_id,
            expected_version=reader.version(),
            conclusion=reader.needed_code("conclusion", Conclusion),
            grounds=reader.text("grounds"),
            implementation=reader.text("implementation"),
        ),
        do=lambda session, command: record_opinion(session, command, actor=current_actor(), moment=current_moment()),
        done=t("复审意见已登记。", "The opinion is recorded."),
        after=url_for("projects.life", project_id=project_id),
    )


@bp.route("/<int:project_id>/life/objections/<int:objection_id>", methods=["GET", "POST"])
def answer_notice(project_id: int, objection_id: int) -> ResponseReturnValue:
    """The form of the answer to an objection against a notice."""
    head_for(project_id, *ANSWERING)

    def page(trouble: Trouble) -> FormPage:
        found = life_of(db.session(), project_id, current_actor(), current_moment())
        objection = next((row for notice in found.notices for row in notice.objections if row.id == objection_id), None)
        if objection is None:
            raise NotFound("objection", objection_id)
        return FormPage(
            title=t("答复异议", "Answer the objection"),
            under=found.head.title_zh,
            crumbs=way_to(found.head, "life", t("公示与复审", "Notices and reviews")),
            notices=(("info", f"{objection.name}：{objection.text}"),),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="answer",
                            input=Input.TEXTAREA,
                            label=t("答复", "Answer"),
                            value=objection.answer,
                            rows=8,
                        ),
                    )
                ),
            ),
            version=found.head.version,
            submit=t("保存答复", "Save the answer"),
            cancel_url=url_for("projects.life", project_id=project_id),
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: AnswerNoticeObjection(objection_id=objection_id, answer=reader.text("answer")),
        do=lambda session, command: answer_objection_to_notice(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("答复已保存。", "The answer is saved."),
        after=url_for("projects.life", project_id=project_id),
    )
