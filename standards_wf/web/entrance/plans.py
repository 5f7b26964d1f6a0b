"""Keeping a plan: what it is called, its documents, and its entries one by one."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.models.organizations import OrganizationKind
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.announced_files import AttachToPlan, plan_for
from standards_wf.services.calls import require_publisher
from standards_wf.services.plan_entries import AdjustPlanEntry, DescribePlan, adjust_plan_entry, describe_plan
from standards_wf.services.reading.choices import organization_choices
from standards_wf.services.reading.plans import PlanPage, entry_of, plan_page
from standards_wf.web.entrance.blueprint import bp
from standards_wf.web.entrance.calls import file_form
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.shown import head_for, show_form, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS, Addressee


def _found(plan_id: int) -> PlanPage:
    require_publisher(current_actor(), plan_for(db.session(), plan_id).publisher_id)
    return plan_page(db.session(), plan_id, current_actor())


def _crumbs() -> tuple[tuple[str, str], ...]:
    return ((t("项目计划", "Project plans"), url_for("public.plans")),)


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
def edit_plan(plan_id: int) -> ResponseReturnValue:
    """The form of what a plan is called and says."""
    found = _found(plan_id)
    back = url_for("public.plan", plan_id=plan_id)

    def page(trouble: Trouble) -> FormPage:
        line = found.line
        return FormPage(
            title=t("填写计划信息", "What the plan is called"),
            under=line.title,
            crumbs=_crumbs(),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="number",
                            label=t("公告文号", "Number of the announcement"),
                            value=line.number,
                            required=False,
                            width="medium",
                        ),
                        Field(
                            name="title_zh",
                            label=t("标题", "Title (Chinese)"),
                            value=line.given_title.zh,
                            required=False,
                            hint=t("留空则用：{title}。", "Left empty: {title}.", title=line.title),
                        ),
                        Field(
                            name="title_en",
                            label=t("英文标题", "English title"),
                            value=line.given_title.en,
                            required=False,
                        ),
                        Field(
                            name="text",
                            input=Input.TEXTAREA,
                            label=t("公布的说明", "Text"),
                            value=found.text,
                            required=False,
                            rows=8,
                        ),
                    )
                ),
            ),
            version=found.version,
            submit=t("保存", "Save"),
            cancel_url=back,
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: DescribePlan(
            plan_id=plan_id,
            expected_version=reader.version(),
            number=reader.text("number"),
            title_zh=reader.text("title_zh"),
            title_en=reader.text("title_en"),
            text=reader.text("text"),
        ),
        do=lambda session, command: describe_plan(session, command, actor=current_actor(), moment=current_moment()),
        done=t("计划信息已保存。", "The plan is saved."),
        after=back,
    )


@bp.route("/plans/<int:plan_id>/files", methods=["GET", "POST"])
def attach_to_plan(plan_id: int) -> ResponseReturnValue:
    """The form that brings a document of a plan."""
    found = _found(plan_id)
    return file_form(
        found.line.title,
        _crumbs(),
        url_for("public.plan", plan_id=plan_id),
        lambda upload: AttachToPlan(plan_id=plan_id, upload=upload),
    )


@bp.route("/projects/<int:project_id>/plan-entry", methods=["GET", "POST"])
def adjust_entry(project_id: int) -> ResponseReturnValue:
    """The form that adjusts the entry of a project in its plan."""
    head = head_for(project_id)
    head_for(project_id, KINDS[head.kind].issuer)
    entry = entry_of(db.session(), project_id)
    has_department = KINDS[head.kind].addressee is Addressee.DEPARTMENT

    def page(trouble: Trouble) -> FormPage:
        now = head_for(project_id)
        return FormPage(
            title=t("调整项目计划", "Adjust the entry in the plan"),
            over=entry.number,
            under=now.title_zh,
            crumbs=(*way_to(now), *_crumbs(), (entry.plan_number, url_for("public.plan", plan_id=entry.plan_id)))
            if entry.plan_number
            else way_to(now),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="project_name", label=t("项目名称", "Name of the project"), value=entry.project_name
                        ),
                        *(
                            (
                                Field(
                                    name="applicant_id",
                                    input=Input.SELECT,
                                    label=str(labels.field("applicant")),
                                    choices=organization_choices(db.session(), OrganizationKind.DEPARTMENT),
                                    value=entry.applicant_id or "",
                                    width="full",
                                ),
                            )
                            if has_department
                            else ()
                        ),
                        Field(
                            name="drafting_unit",
                            label=t("牵头起草单位", "Leading drafting unit"),
                            value=entry.drafting_unit,
                        ),
                        Field(name="completes_on", input=Input.DATE, value=entry.completes_on),
                        Field(name="announcement", width="medium"),
                        Field(
                            name="note",
                            input=Input.TEXTAREA,
                            label=t("调整理由", "Reason"),
                            rows=4,
                            hint=t(
                                "写入历史，并在项目计划页面公布。",
                                "It enters the history and is published with the plan.",
                            ),
                        ),
                    )
                ),
            ),
            version=now.version,
            submit=t("调整", "Adjust"),
            cancel_url=url_for("public.plan", plan_id=entry.plan_id),
            trouble=trouble,
            since=since(now, trouble),
        )

    def read(reader: Reader) -> AdjustPlanEntry:
        return AdjustPlanEntry(
            project_id=project_id,
            expected_version=reader.version(),
            project_name=reader.text("project_name"),
            applicant_id=reader.number("applicant_id") if has_department else None,
            drafting_unit=reader.text("drafting_unit"),
            completes_on=reader.needed_day("completes_on"),
            announcement=reader.text("announcement"),
            note=reader.text("note"),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: adjust_plan_entry(session, command, actor=current_actor(), moment=current_moment()),
        done=t("项目计划已调整。", "The entry is adjusted."),
        after=url_for("public.plan", plan_id=entry.plan_id),
    )
