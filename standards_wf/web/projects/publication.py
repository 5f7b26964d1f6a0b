"""Number and dates of the publication, and the form that prepares them."""

from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reading.marks import partners_of
from standards_wf.services.reading.projects import Head
from standards_wf.services.reading.publications import PublicationPage, publication_of
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.application import may_record
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, show_tab, since, way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.deadlines import earliest_implementation
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Role, Stage

_WHILE = frozenset({Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE})


def publisher_of(head: Head) -> Role:
    """Who publishes documents of this kind."""
    return KINDS[head.kind].issuer


def may_prepare(head: Head) -> bool:
    """Whether the form is offered; the service has the last word."""
    return head.stage in _WHILE and head.has(publisher_of(head))


@bp.get("/<int:project_id>/publication")
def publication(project_id: int) -> ResponseReturnValue:
    """Number and dates as they are prepared."""
    page = publication_of(db.session(), project_id, current_actor(), current_moment())
    return show_tab(
        "publication",
        page.head,
        "publication",
        page=page,
        partners=partners_of(db.session(), project_id),
        may_prepare=may_prepare(page.head),
        may_record=may_record(page.head),
    )


@bp.route("/<int:project_id>/publication/edit", methods=["GET", "POST"])
def prepare(project_id: int) -> ResponseReturnValue:
    """The form of number and dates."""
    head_for(project_id, publisher_of(head_for(project_id)))

    def page(trouble: Trouble) -> FormPage:
        found = publication_of(db.session(), project_id, current_actor(), current_moment())
        return FormPage(
            title=t("拟定编号和日期", "Prepare number and dates"),
            under=found.head.title_zh,
            crumbs=way_to(found.head, "publication", t("发布", "Publication")),
            groups=(Group(fields=_fields(found, current_moment().day)),),
            version=found.head.version,
            submit=t("保存", "Save"),
            cancel_url=url_for("projects.publication", project_id=project_id),
            trouble=trouble,
            since=since(found.head, trouble),
        )

    def read(reader: Reader) -> PreparePublication:
        return PreparePublication(
            project_id=project_id,
            expected_version=reader.version(),
            number=reader.text("number") or None,
            approved_on=reader.needed_day("approved_on"),
            published_on=reader.needed_day("published_on"),
            effective_on=reader.needed_day("effective_on"),
            gap_reason=reader.text("gap_reason"),
            announcement_number=reader.text("announcement_number"),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: prepare_publication(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("编号和日期已拟定。", "Number and dates are prepared."),
        after=url_for("projects.publication", project_id=project_id),
    )


def _fields(found: PublicationPage, today: date) -> tuple[Field, ...]:
    known = found.prepared
    gap = found.rules.publication_gap_days
    offered = t(
        "下一个编号是 {number}；留空则由系统按此编号。{reason}。",
        "The next number is {number}; leave it empty to be given it. {reason}.",
        number=found.suggestion,
        reason=labels.label(found.series.reason) if found.series else "",
    )
    date_input = Input.DATE
    return (
        Field(
            name="number",
            value=known.number if known else "",
            required=False,
            width="medium",
            hint=offered if found.suggestion else found.no_suggestion,
        ),
        Field(name="approved_on", input=date_input, value=known.approved_on if known else today),
        Field(name="published_on", input=date_input, value=known.published_on if known else today),
        Field(
            name="effective_on",
            input=date_input,
            value=known.effective_on if known else earliest_implementation(today, found.rules).on,
            hint=t("一般不早于发布后{days}。", "As a rule not before {days} after publication.", days=dates.days(gap)),
        ),
        Field(name="gap_reason", input=Input.TEXTAREA, required=False, rows=3, value=known.gap_reason if known else ""),
        Field(
            name="announcement_number",
            label=t("公告号", "Number of the announcement"),
            required=False,
            width="medium",
            value=known.announcement_number if known else "",
        ),
    )
