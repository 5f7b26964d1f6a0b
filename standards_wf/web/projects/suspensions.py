"""Suspending a project and resuming it: two forms beside the acts of the procedure."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import Forbidden, TransitionRefused
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.projects import Overview, overview_of
from standards_wf.services.saying import say
from standards_wf.services.suspension_problems import SuspensionProblem
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.trouble import NO_TROUBLE, Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.places import Item, Reason
from standards_wf.web.projects.shown import show_form, since, way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.refusals import Refusal, RefusalCode


@bp.route("/<int:project_id>/suspension", methods=["GET", "POST"])
def suspension(project_id: int) -> ResponseReturnValue:
    """The form that lets a project rest."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        against = found.resting.against
        if found.resting.rest is not None:
            against = Refusal(SuspensionProblem.ALREADY_SUSPENDED, since=found.resting.rest.since)
        if trouble is NO_TROUBLE and against is not None:
            raise TransitionRefused((against,))
        told = (
            t("项目留在“{stage}”阶段。", "The project stays at the stage “{stage}”.", stage=_stage(found)),
            t(
                "中止期间只能终止项目，其他事项都不能办理。",
                "While it is suspended it can be ended, and nothing else is done to it.",
            ),
            t(
                "中止的日数不计入期限，完成日期相应顺延；中止当日计入，恢复当日不计。",
                "The days of suspension are not counted and move the day of completion; the first day counts, "
                "the day on which it is resumed does not.",
            ),
        )
        return _form(
            found,
            trouble,
            title=t("中止项目", "Suspend the project"),
            label=t("书面理由", "Written reason"),
            required=True,
            told=told,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: SuspendProject(
            project_id=project_id, expected_version=reader.version(), note=reader.text("note")
        ),
        do=lambda session, command: suspend(session, command, actor=current_actor(), moment=current_moment()),
        done=t("项目已中止。", "The project is suspended."),
        after=url_for("projects.overview", project_id=project_id),
    )


@bp.route("/<int:project_id>/resumption", methods=["GET", "POST"])
def resumption(project_id: int) -> ResponseReturnValue:
    """The form that takes a project up again."""

    def page(trouble: Trouble) -> FormPage:
        found = _page(project_id)
        rest = found.resting.rest
        if rest is None and trouble is NO_TROUBLE:
            raise TransitionRefused((Refusal(SuspensionProblem.NOT_SUSPENDED),))
        told = (
            (
                t(
                    "项目自{day}起中止，至今{days}；完成日期顺延同样的日数。",
                    "The project has been suspended since {day}, for {days} so far; "
                    "the day of completion moves by as many.",
                    day=dates.long_date(rest.since),
                    days=dates.days(rest.days),
                ),
            )
            if rest
            else ()
        )
        return _form(
            found,
            trouble,
            title=t("恢复项目", "Resume the project"),
            label=t("附言", "Note"),
            required=False,
            told=told,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: ResumeProject(
            project_id=project_id, expected_version=reader.version(), note=reader.text("note")
        ),
        do=lambda session, command: resume(session, command, actor=current_actor(), moment=current_moment()),
        done=t("项目已恢复。", "The project is resumed."),
        after=url_for("projects.overview", project_id=project_id),
    )


def item_of_rest(page: Overview) -> tuple[Item, ...]:
    """Suspending or resuming, as the list of acts shows it; nothing where the project cannot rest."""
    resting = page.resting
    if not resting.roles or page.head.is_front_only:
        return ()
    address, label = (
        (url_for("projects.resumption", project_id=page.head.id), t("恢复项目", "Resume the project"))
        if resting.rest
        else (url_for("projects.suspension", project_id=page.head.id), t("中止项目", "Suspend the project"))
    )
    reasons = () if resting.against is None else (Reason(say(resting.against, page.head.kind), ""),)
    return (
        Item(
            label=label,
            allowed=resting.may and not reasons,
            url=address,
            preview="",
            reasons=reasons,
            who=t("、", ", ").join(str(labels.role(role)) for role in resting.roles),
            hint="",
            tone="primary" if resting.rest else "plain",
        ),
    )


def _page(project_id: int) -> Overview:
    """The first page of the project, for whoever may let it rest. Raises NotFound, Forbidden, TransitionRefused."""
    found = overview_of(db.session(), project_id, current_actor(), current_moment())
    resting = found.resting
    if not resting.roles:
        raise TransitionRefused((Refusal(SuspensionProblem.NOT_AT_THIS_STAGE, stage=found.head.stage),))
    if not resting.may:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=resting.roles))
    return found


def _stage(found: Overview) -> str:
    return str(labels.stage(found.head.stage, found.head.kind))


def _form(
    found: Overview, trouble: Trouble, *, title: str, label: str, required: bool, told: tuple[str, ...]
) -> FormPage:
    head = found.head
    return FormPage(
        title=title,
        over=_stage(found),
        under=head.title_zh,
        crumbs=way_to(head),
        groups=(
            Group(
                fields=(
                    Field(
                        name="note",
                        input=Input.TEXTAREA,
                        label=label,
                        required=required,
                        rows=4,
                        hint=t(
                            "将写入历史，并告知有关人员。", "It enters the history and is told to the people concerned."
                        ),
                    ),
                )
            ),
        ),
        version=head.version,
        submit=title,
        cancel_url=url_for("projects.overview", project_id=head.id),
        trouble=trouble,
        told=told,
        since=since(head, trouble),
    )
