"""What the pages of a project have in common: their tabs, their forms, and what happened since somebody looked."""

from dataclasses import replace

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import Forbidden
from standards_wf.request import current_actor, db
from standards_wf.services.reading.histories import HistoryRow, happened_since
from standards_wf.services.reading.projects import Head, head_of
from standards_wf.web.forms.page import FormPage
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.frame import local
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import DOCUMENT_STAGES
from standards_wf.workflow.vocabulary import Paper, Phase, Role

Tab = dict[str, object]


def project_tabs(head: Head, current: str) -> list[Tab]:
    """The parts of a project that the reader may see, each with how much there is; the front comes first."""
    rows: list[tuple[str, str, int | None]] = [
        ("overview", t("概况", "Overview"), None),
        ("application", t("申报", "Application"), None),
        ("drafts", t("文稿", "Drafts"), head.drafts),
        ("note", str(labels.paper(Paper.EXPLANATORY_NOTE, head.kind)), None),
        ("comments", t("意见", "Comments"), head.comments),
        (
            "review",
            t("审定", "Review") if KINDS[head.kind].is_metrology else t("审查", "Review"),
            head.reviews,
        ),
        ("papers", t("材料", "Papers"), head.papers),
        ("publication", t("发布", "Publication"), None),
    ]
    if head.stage in DOCUMENT_STAGES or head.objections or head.phase is Phase.APPROVAL:
        rows.append(("life", t("公示与复审", "Notices and reviews"), head.objections or None))
    rows.append(("history", t("历史", "History"), head.events))
    if head.is_front_only:
        rows = rows[:2]
    return [
        {
            "label": label,
            "url": url_for(f"projects.{name}", project_id=head.id),
            "current": name == current,
            "count": count,
        }
        for name, label, count in rows
    ]


def show_tab(template: str, head: Head, current: str, **values: object) -> str:
    """A part of a project under its head and its tabs."""
    return render_template(f"projects/{template}.html", head=head, tabs=project_tabs(head, current), **values)


def way_to(head: Head, tab: str | None = None, label: str = "") -> tuple[tuple[str, str], ...]:
    """The way to a form of a project, for its crumbs."""
    way = [
        (t("项目", "Projects"), url_for("projects.listed")),
        (head.title_zh, url_for("projects.overview", project_id=head.id)),
    ]
    if tab:
        way.append((label, url_for(f"projects.{tab}", project_id=head.id)))
    return tuple(way)


def show_form(page: FormPage) -> ResponseReturnValue:
    """A page of one form, with the status that its trouble has; what is wrong with no field of it stands above."""
    names = {field.name for group in page.groups for field in group.fields}
    trouble = page.trouble
    elsewhere = tuple(dict.fromkeys(told for name, told in trouble.errors.items() if name not in names))
    if elsewhere:
        kept = {name: told for name, told in trouble.errors.items() if name in names}
        page = replace(page, trouble=replace(trouble, errors=kept, reasons=(*trouble.reasons, *elsewhere)))
    return render_template("forms/form.html", page=page, errors=trouble.errors), trouble.status


def since(head: Head, trouble: Trouble) -> tuple[HistoryRow, ...]:
    """What happened since the person at the form looked; nothing where nobody was overtaken."""
    if trouble.seen_version is None:
        return ()
    return in_the_readers_calendar(happened_since(db.session(), head.id, head.kind, trouble.seen_version))


def in_the_readers_calendar(rows: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
    """The rows of a timeline with their instants in the calendar of the installation."""
    return tuple(replace(row, at=local(row.at)) for row in rows)


def head_for(project_id: int, *roles: Role) -> Head:
    """The head of a project for a form that only these roles may fill in. Raises NotFound, Forbidden."""
    head = head_of(db.session(), project_id, current_actor())
    if roles and not head.has(*roles):
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=roles))
    return head
