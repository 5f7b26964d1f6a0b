"""The figures of a year for the white paper: a page to print, and a table to save."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_moment, db
from standards_wf.services.reading.white_paper import KnownFigure, WhitePaper, white_paper
from standards_wf.web.public.blueprint import bp
from standards_wf.web.spreadsheets import sheet
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.wording.white_paper import HEADINGS, KNOWN
from standards_wf.workflow.calendar import FIRST_DAY
from standards_wf.workflow.vocabulary import Kind


def _paper(year: int) -> WhitePaper:
    """The figures of a year that has begun; of another there is no page."""
    if not FIRST_DAY.year <= year <= current_moment().day.year:
        abort(HTTPStatus.NOT_FOUND)
    of_demonstration = True if request.args.get("demonstration") == "1" else None
    return white_paper(db.session(), year, of_demonstration=of_demonstration)


@bp.get("/figures/white-paper")
def white_paper_latest() -> ResponseReturnValue:
    """The year that ended last."""
    return redirect(url_for(".white_paper_page", year=current_moment().day.year - 1))


@bp.get("/figures/white-paper/<int:year>")
def white_paper_page(year: int) -> ResponseReturnValue:
    """The figures of one year under the seven headings."""
    return render_template(
        "public/white_paper.html",
        page=_paper(year),
        headings=HEADINGS,
        known=KNOWN,
        kinds=tuple(Kind),
        is_over=year < current_moment().day.year,
        on=current_moment().day,
    )


@bp.get("/figures/white-paper/<int:year>.csv")
def white_paper_sheet(year: int) -> ResponseReturnValue:
    """The same as a table: heading, figure, each kind, the whole; an empty cell where it is not kept here."""
    page = _paper(year)
    head = (
        t("部分", "part"),
        t("指标", "figure"),
        *(str(labels.kind(kind)) for kind in Kind),
        t("合计", "total"),
        t("说明", "note"),
    )
    return sheet(f"white-paper-{year}.csv", head, _rows(page))


def _rows(page: WhitePaper) -> Iterable[tuple[object, ...]]:
    for chapter in page.chapters:
        for figure in chapter.figures:
            yield (HEADINGS[chapter.heading], KNOWN[figure.what], *_values(figure))
    for code, name, kinds in page.nodes:
        label = f"{code} {name}".strip() or t("没有节点", "without a node")
        yield (
            t("按体系框架节点发布的文件", "Documents published, by node"),
            label,
            *(kinds[kind] for kind in Kind),
            sum(kinds.values()),
            "",
        )


def _values(figure: KnownFigure) -> tuple[object, ...]:
    kinds = [figure.kinds[kind] for kind in Kind] if figure.kinds is not None else [None for _ in Kind]
    note = "" if figure.value is not None else t("本系统不记录", "not kept in this system")
    return (*kinds, figure.value, note)
