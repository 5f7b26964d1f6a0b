"""The application of a project: what it says, its appraisal, and the forms that change them."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.access import entrance_to
from standards_wf.services.appraisals import record_appraisal
from standards_wf.services.project_marks import markers_at
from standards_wf.services.projects import change_particulars, editors_at
from standards_wf.services.reading.applications import application_of
from standards_wf.services.reading.choices import committee_choices, node_choices
from standards_wf.services.reading.marks import marks_of
from standards_wf.services.reading.projects import Head
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.application import appraisal_groups, particulars_groups, read_appraisal, read_particulars
from standards_wf.web.forms.page import FormPage
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, show_tab, since, way_to
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Phase, Role, Stage

APPLICANTS = (Role.COMPETENT_DEPARTMENT, Role.GROUP_SECRETARIAT, Role.COMMITTEE_SECRETARY, Role.PROPOSER)
DECIDERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)


def may_edit(head: Head) -> bool:
    """Whether the form of the particulars is offered; the service has the last word."""
    return head.has(*editors_at(head.stage))


def may_fix(head: Head) -> bool:
    """Whether classification and committee may be changed too, which the plan fixes later on."""
    return head.has(*DECIDERS) or (head.phase is Phase.PROPOSAL and head.has(*APPLICANTS))


def may_mark(project_id: int) -> bool:
    """Whether the form of the marks is offered; the service has the last word."""
    entrance = entrance_to(db.session(), project_id, current_actor(), to_the_front=True)
    has_some = KINDS[entrance.project.kind].may_be_fast_tracked or not KINDS[entrance.project.kind].issued_by_group
    return has_some and bool(entrance.roles & set(markers_at(entrance)))


def may_record(head: Head) -> bool:
    """Whether the decision of a partner can be recorded."""
    return head.has(*DECIDERS) and head.phase not in {Phase.PUBLISHED, Phase.CLOSED}


@bp.get("/<int:project_id>/application")
def application(project_id: int) -> ResponseReturnValue:
    """What the application says."""
    page = application_of(db.session(), project_id, current_actor())
    return show_tab(
        "application",
        page.head,
        "application",
        page=page,
        may_edit=may_edit(page.head),
        apart=marks_of(db.session(), project_id),
        may_mark=not page.head.is_front_only and may_mark(project_id),
        may_record=may_record(page.head),
        may_adjust=may_record(page.head) and page.head.phase is not Phase.PROPOSAL,
        may_appraise=page.head.stage is Stage.APPRAISAL and page.head.has(*DECIDERS),
    )


@bp.route("/<int:project_id>/application/edit", methods=["GET", "POST"])
def edit_application(project_id: int) -> ResponseReturnValue:
    """The form of the particulars."""
    session, actor = db.session(), current_actor()
    found = application_of(session, project_id, actor)
    fixes = may_fix(found.head)

    def page(trouble: Trouble) -> FormPage:
        shown = application_of(session, project_id, actor)
        head = shown.head
        return FormPage(
            title=t("填写申报书", "The application"),
            under=head.title_zh,
            crumbs=way_to(head, "application", t("申报", "Application")),
            groups=particulars_groups(
                shown.particulars,
                (head.title_zh, head.title_en),
                head.kind,
                head.category,
                may_fix=fixes,
                nodes=node_choices(session),
                committees=committee_choices(session),
            ),
            version=head.version,
            submit=t("保存", "Save"),
            cancel_url=url_for("projects.application", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: read_particulars(reader, project_id, kind=found.head.kind, may_fix=fixes),
        do=lambda session, command: change_particulars(session, command, actor=actor, moment=current_moment()),
        done=t("申报书已保存。", "The application is saved."),
        after=url_for("projects.application", project_id=project_id),
    )


@bp.route("/<int:project_id>/appraisal", methods=["GET", "POST"])
def appraisal(project_id: int) -> ResponseReturnValue:
    """The form that records an appraisal."""
    head_for(project_id, *DECIDERS)

    def page(trouble: Trouble) -> FormPage:
        head = head_for(project_id, *DECIDERS)
        return FormPage(
            title=t("登记立项论证", "Record the appraisal"),
            under=head.title_zh,
            crumbs=way_to(head, "application", t("申报", "Application")),
            groups=appraisal_groups(current_moment().day),
            version=head.version,
            submit=t("登记", "Record"),
            cancel_url=url_for("projects.application", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: read_appraisal(reader, project_id),
        do=lambda session, command: record_appraisal(session, command, actor=current_actor(), moment=current_moment()),
        done=t("立项论证已登记。", "The appraisal is recorded."),
        after=url_for("projects.application", project_id=project_id),
    )
