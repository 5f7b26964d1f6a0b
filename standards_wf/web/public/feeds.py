"""What is new, for programs that look by themselves: Atom feeds (RFC 4287)."""

from datetime import UTC, date, datetime, time

from flask import Response, render_template, url_for

from standards_wf.request import current_moment, db
from standards_wf.services.reading.calls import call_list
from standards_wf.services.reading.consultations import consultation_list
from standards_wf.services.reading.documents import lines_of, lines_where
from standards_wf.services.reading.plans import plan_list
from standards_wf.web.public.blueprint import bp
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.facts import VISITOR

_SHOWN = 50


@bp.get("/feeds/consultations.atom")
def consultations_feed() -> Response:
    """The rounds of public consultation, the latest first."""
    found = consultation_list(db.session(), current_moment().day)
    lines = sorted((*found.open, *found.closed), key=lambda line: (line.opens_on, line.id), reverse=True)[:_SHOWN]
    return _feed(
        t("征求意见", "Consultations"),
        url_for(".consultations", _external=True),
        [
            (
                url_for(".consultation", round_id=line.id, _external=True),
                t(line.title_zh, line.title_en or line.title_zh),
                line.opens_on,
                t(
                    "{kind}，征求意见至{day}。",
                    "{kind}. Comments until {day}.",
                    kind=labels.kind(line.kind),
                    day=dates.long_date(line.closes_on),
                ),
            )
            for line in lines
        ],
    )


@bp.get("/feeds/publications.atom")
def publications_feed() -> Response:
    """The published documents, the latest first."""
    lines = lines_of(db.session(), lines_where().limit(_SHOWN))
    return _feed(
        t("新发布的文件", "New documents"),
        url_for(".standards", _external=True),
        [
            (
                url_for(".standard", number=line.slug, _external=True),
                f"{line.number} {t(line.title_zh, line.title_en or line.title_zh)}",
                line.published_on,
                t(
                    "{kind}，{day}实施。",
                    "{kind}, in force from {day}.",
                    kind=labels.kind(line.kind),
                    day=dates.long_date(line.effective_on),
                ),
            )
            for line in lines
        ],
    )


@bp.get("/feeds/plans.atom")
def plans_feed() -> Response:
    """Calls for suggestions and published plans, the latest first."""
    session = db.session()
    calls = call_list(session, VISITOR, current_moment().day)
    rows = [
        (
            url_for(".call", call_id=line.id, _external=True),
            t(line.title_zh, line.title_en or line.title_zh),
            line.published_on or line.opens_on,
            t(
                "{publisher}征集立项建议，至{day}。",
                "{publisher} asks for suggestions until {day}.",
                publisher=line.publisher,
                day=dates.long_date(line.closes_on),
            ),
        )
        for line in (*calls.open, *calls.others)
    ]
    rows += [
        (
            url_for(".plan", plan_id=plan.id, _external=True),
            plan.title,
            plan.published_on,
            t("{n} 个项目。", "Projects: {n}.", n=plan.entries),
        )
        for plan in plan_list(session, VISITOR, limit=_SHOWN)
    ]
    rows.sort(key=lambda row: row[2], reverse=True)
    return _feed(t("立项指南和项目计划", "Calls and plans"), url_for(".plans", _external=True), rows[:_SHOWN])


def _feed(title: str, address: str, rows: list[tuple[str, str, date, str]]) -> Response:
    entries = [(link, name, datetime.combine(day, time(), UTC).isoformat(), text) for link, name, day, text in rows]
    updated = entries[0][2] if entries else datetime(2023, 2, 20, tzinfo=UTC).isoformat()
    body = render_template("public/feed.xml", title=title, address=address, entries=entries, updated=updated)
    return Response(body, mimetype="application/atom+xml")
