"""What is due and what is overdue in the cases that somebody may see: a list, a table for a spreadsheet, a calendar."""

import csv
import io
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.calendar_addresses import (
    has_calendar_address,
    make_calendar_address,
    revoke_calendar_address,
)
from standards_wf.services.reading.overdue import DeadlineFilter, DeadlineList, ListedDeadline, list_deadlines
from standards_wf.services.rules import bases_for
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.deadline_lines import DeadlineLine, line_of
from standards_wf.web.login import require_login
from standards_wf.web.projects.lists import asked_code, asked_number
from standards_wf.wording import dates, labels
from standards_wf.wording.deadlines import DUE_WORDS, working_days_left
from standards_wf.wording.language import t
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.vocabulary import Kind
from standards_wf.workflow.working_days import FIRST_YEAR, LAST_YEAR

bp = Blueprint("deadlines", __name__)
bp.before_request(require_login)

PER_PAGE = 50
_SOON, _ALL = "30", "all"
_OVERDUE = "overdue"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A deadline with its case, in words."""

    listed: ListedDeadline
    line: DeadlineLine
    who: str
    working_days: str


@bp.get("/deadlines")
def listed() -> ResponseReturnValue:
    """What is due in the next thirty days and what is overdue, unless the address asks for something else."""
    return _page()


@bp.get("/deadlines.csv")
def table() -> Response:
    """The same list, whole, for a spreadsheet."""
    found = _found()
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(
        [
            t("项目", "Project"),
            t("编号", "Number"),
            t("名称", "Title"),
            t("种类", "Kind"),
            t("阶段", "Stage"),
            t("技术委员会", "Committee"),
            t("期限事项", "What is due"),
            t("期限", "Day"),
            t("剩余日数", "Days left"),
            t("逾期日数", "Days late"),
            t("中止日数", "Days of suspension"),
            t("计算方法", "How it is counted"),
            t("由谁办理", "In whose hands"),
        ]
    )
    for row in found.rows:
        line = row.deadline
        write.writerow(
            [
                row.project_id,
                _cell(row.number),
                _cell(row.title_zh),
                labels.kind(row.kind),
                labels.stage(row.stage, row.kind),
                _cell(row.committee),
                DUE_WORDS[line.due],
                line.on.isoformat(),
                line.days_left,
                line.days_late,
                line.counted.suspended_days,
                t("；", "; ").join(line_of(row.deadline, {}).told),
                _who(row),
            ]
        )
    return Response(
        "\ufeff" + text.getvalue(),  # without the mark a spreadsheet takes Chinese for something else
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="deadlines.csv"'},
    )


@bp.post("/deadlines/calendar")
def make_calendar() -> ResponseReturnValue:
    """Make one's own address of the calendar; it is shown this once, and one from before no longer works."""
    with unit_of_work(db.session()) as session:
        secret = make_calendar_address(session, actor=current_actor(), moment=current_moment())
    return _page(made=url_for("api.deadlines-calendar-GET", key=secret, _external=True))


@bp.post("/deadlines/calendar/revoke")
def revoke_calendar() -> ResponseReturnValue:
    """End one's own address of the calendar."""
    with unit_of_work(db.session()) as session:
        revoke_calendar_address(session, actor=current_actor(), moment=current_moment())
    flash(t("日历订阅地址已作废。", "The address of the calendar no longer works."), "done")
    return redirect(url_for(".listed"))


def _found() -> DeadlineList:
    return list_deadlines(db.session(), _wanted(), actor=current_actor(), moment=current_moment())


def _wanted() -> DeadlineFilter:
    return DeadlineFilter(
        overdue=request.args.get("within") == _OVERDUE,
        within=asked_number("within") if "within" in request.args else int(_SOON),
        kind=asked_code("kind", Kind),
        committee_id=asked_number("committee"),
        due=asked_code("due", Due),
    )


def _page(made: str = "") -> str:
    found, session = _found(), db.session()
    pages = max(1, -(-len(found.rows) // PER_PAGE))
    page = min(max(1, asked_number("page") or 1), pages)
    some = found.rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    bases = {kind: bases_for(session, kind) for kind in sorted({row.kind for row in some})}
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    query = f"?{urlencode(kept)}" if kept else ""
    return render_template(
        "deadlines/list.html",
        rows=[
            Row(
                listed=row,
                line=line_of(row.deadline, bases[row.kind]),
                who=_who(row),
                working_days=working_days_left(current_moment().day, row.deadline.on),
            )
            for row in some
        ],
        total=len(found.rows),
        overdue=found.overdue,
        page=page,
        pages=pages,
        address=url_for(".listed") + query,
        table_url=url_for(".table") + query,
        filtered=bool(kept),
        wanted=_wanted(),
        within=request.args.get("within", _SOON),
        within_choices=_within_choices(),
        kind_choices=[(kind.value, labels.kind(kind)) for kind in Kind],
        due_choices=[(due.value, str(words)) for due, words in DUE_WORDS.items()],
        committees=found.committees,
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        has_calendar=has_calendar_address(session, current_actor()),
        public_calendar=url_for("api.deadlines-calendar-GET", _external=True),
        made=made,
    )


def _within_choices() -> list[tuple[str, str]]:
    soon = [
        (str(days), t("{span}内和已逾期", "within {span}, and overdue", span=dates.days(days)))
        for days in (7, 30, 90, 365)
    ]
    return [(_OVERDUE, t("仅已逾期", "only what is overdue")), *soon, (_ALL, t("全部", "all"))]


def _who(row: ListedDeadline) -> str:
    return t("、", ", ").join(str(labels.role(role)) for role in row.roles)


def _cell(text: str) -> str:
    """A text as a cell: one that a spreadsheet would take for a formula is marked as text."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
