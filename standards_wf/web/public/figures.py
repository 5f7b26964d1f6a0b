"""The figures of time and deadlines: as a page, and as tables to save."""

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_moment, db, kept_lives
from standards_wf.services.reading.figures import Figures, FiguresAsked, GroupFigure, LateFigure, figures
from standards_wf.services.reading.stays import UsualTime
from standards_wf.web.projects.lists import asked_code, asked_number
from standards_wf.web.public.blueprint import bp
from standards_wf.web.spreadsheets import sheet
from standards_wf.wording import labels
from standards_wf.wording.deadlines import DUE_WORDS
from standards_wf.wording.figures import BODIES
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Kind

Row = Sequence[object]
Sheet = Callable[[Figures], tuple[Sequence[str], Iterable[Row]]]


_FILTERS = ("kind", "committee", "year", "demonstration")


def _found() -> Figures:
    """The figures that the address asks for."""
    moment = current_moment()
    return figures(kept_lives().read(db.session(), moment), _asked(), moment.day)


def _asked() -> FiguresAsked:
    return FiguresAsked(
        kind=asked_code("kind", Kind),
        committee_id=asked_number("committee"),
        year=asked_number("year"),
        of_demonstration=True if request.args.get("demonstration") == "1" else None,
    )


@bp.get("/figures")
def figures_page() -> ResponseReturnValue:
    """How long cases take, whom they wait for, and how many are late."""
    page = _found()
    asked: dict[str, Any] = {name: value for name in _FILTERS if (value := request.args.get(name))}
    return render_template(
        "public/figures.html",
        page=page,
        due_words=DUE_WORDS,
        bodies=BODIES,
        kind_choices=[(kind.value, str(labels.kind(kind))) for kind in Kind],
        committee_choices=sorted(page.known_committees.items(), key=lambda item: item[1]),
        year_choices=[(year, str(year)) for year in page.known_years],
        groups=_groups(page),
        sheets={name: url_for(".figures_sheet", table=name, **asked) for name in _SHEETS},
        filtered=bool(asked),
    )


def _groups(page: Figures) -> tuple[tuple[str, str, str, tuple[tuple[str, GroupFigure], ...]], ...]:
    """The three ways to divide the cases: name of the table, heading, head of the first column, rows with their names."""
    return (
        ("kinds", t("按种类", "By kind"), t("种类", "Kind"), tuple((_kind_of(row), row) for row in page.kinds)),
        (
            "committees",
            t("按技术委员会", "By committee"),
            t("技术委员会", "Committee"),
            tuple((row.name or t("未指定", "none named"), row) for row in page.committees),
        ),
        (
            "years",
            t("按提出年份", "By the year in which they began"),
            t("年份", "Year"),
            tuple((row.key, row) for row in page.years),
        ),
    )


def _kind_of(row: GroupFigure) -> str:
    return str(labels.kind(Kind(row.key)))


@bp.get("/figures/<table>.csv")
def figures_sheet(table: str) -> ResponseReturnValue:
    """One of the tables, for a spreadsheet."""
    if table not in _SHEETS:
        abort(HTTPStatus.NOT_FOUND)
    head, rows = _SHEETS[table](_found())
    return sheet(f"figures-{table}.csv", head, rows)


def _usual_head() -> tuple[str, ...]:
    return (t("中位数（日）", "median (days)"), t("最短（日）", "shortest (days)"), t("最长（日）", "longest (days)"))


def _usual(usual: UsualTime) -> Row:
    return (usual.median, usual.shortest, usual.longest)


def _late_head() -> tuple[str, ...]:
    return (
        t("按期", "in time"),
        t("逾期完成", "met too late"),
        t("逾期未完成", "overdue"),
        t("未到期", "still running"),
        t("逾期比例", "share late"),
    )


def _late(late: LateFigure) -> Row:
    share = None if late.share is None else round(late.share, 4)
    return (late.in_time, late.late, late.overdue, late.running, share)


def _stage_sheet(page: Figures) -> tuple[Sequence[str], Iterable[Row]]:
    head = (t("阶段", "stage"), t("经历次数", "stays"), *_usual_head())
    return head, ((labels.stage(row.stage, page.asked.kind), row.stays, *_usual(row.usual)) for row in page.stages)


def _wait_sheet(page: Figures) -> tuple[Sequence[str], Iterable[Row]]:
    head = (
        t("等谁", "waited for"),
        t("次数", "stays"),
        t("日数", "days"),
        t("占比", "share"),
        t("现在等待的项目", "cases waiting now"),
    )
    return head, ((BODIES[row.body], row.stays, row.days, round(row.share, 4), row.now) for row in page.waits)


def _deadline_sheet(page: Figures) -> tuple[Sequence[str], Iterable[Row]]:
    head = (t("期限", "deadline"), *_late_head())
    return head, ((DUE_WORDS[due], *_late(late)) for due, late in page.lates)


def _group_sheet(place: int) -> Sheet:
    def made(page: Figures) -> tuple[Sequence[str], Iterable[Row]]:
        _, _, first, rows = _groups(page)[place]
        head = (
            first,
            t("项目", "cases"),
            t("在办", "under way"),
            t("已发布", "published"),
            *_usual_head(),
            *_late_head(),
            t("有逾期的项目", "cases late"),
        )
        return head, (
            (
                name,
                row.cases,
                row.under_way,
                row.published,
                *_usual(row.usual),
                *_late(row.late),
                row.late_cases.late,
            )
            for name, row in rows
        )

    return made


_SHEETS: dict[str, Sheet] = {
    "stages": _stage_sheet,
    "waits": _wait_sheet,
    "deadlines": _deadline_sheet,
    "kinds": _group_sheet(0),
    "committees": _group_sheet(1),
    "years": _group_sheet(2),
}
