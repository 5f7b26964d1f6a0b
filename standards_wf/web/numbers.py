"""The series of document numbers, for those who publish in them; and the page that reads any number."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.access import require_administrator
from standards_wf.services.held_numbers import (
    ChangePlanNumbering,
    ChangeSeries,
    HoldNumber,
    ReleaseNumber,
    change_plan_numbering,
    change_series,
    hold_number,
    release_number,
    require_publisher,
    series_to_hold,
)
from standards_wf.services.reading.numbers import SeriesShown, numbers_page, plan_patterns, series_shown
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.login import require_login
from standards_wf.web.projects.shown import show_form
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.wording.numbers import GAP_REASONS, HELD_STATES, series_words
from standards_wf.workflow.plan_numbers import default_pattern
from standards_wf.workflow.series import HeldState
from standards_wf.workflow.vocabulary import Kind

bp = Blueprint("numbers", __name__, url_prefix="/numbers")
bp.before_request(require_login)


def _way(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((t("编号", "Numbers"), url_for("numbers.listed")), *more)


def _way_in(shown: SeriesShown) -> tuple[tuple[str, str], ...]:
    return _way((shown.series.code, url_for("numbers.show", series=shown.series.slug)))


@bp.get("")
def listed() -> ResponseReturnValue:
    """The series that one may look into."""
    session, actor = db.session(), current_actor()
    require_publisher(session, actor)
    page = numbers_page(session, actor)
    patterns = plan_patterns(session, current_moment()) if page.may_set_up else ()
    return render_template("numbers/list.html", page=page, patterns=patterns, series_words=series_words)


@bp.get("/<series>")
def show(series: str) -> ResponseReturnValue:
    """One series."""
    actor = current_actor()
    page = series_shown(db.session(), series, actor)
    return render_template(
        "numbers/series.html",
        page=page,
        series_words=series_words,
        states=HELD_STATES,
        gap_reasons=GAP_REASONS,
        may_set_up=actor.is_administrator,
    )


@bp.route("/<series>/reserve", methods=["GET", "POST"])
def reserve(series: str) -> ResponseReturnValue:
    """The form that reserves a number."""
    return _hold(series, HeldState.RESERVED)


@bp.route("/<series>/unusable", methods=["GET", "POST"])
def unusable(series: str) -> ResponseReturnValue:
    """The form that marks a number as not to be used."""
    return _hold(series, HeldState.UNUSABLE)


def _hold(slug: str, state: HeldState) -> ResponseReturnValue:
    series_to_hold(db.session(), slug, current_actor())
    shown = series_shown(db.session(), slug, current_actor())
    reserves = state is HeldState.RESERVED

    def page(trouble: Trouble) -> FormPage:
        example = f"{shown.series.prefix} {max(shown.first_serial, 12)}"
        to_project = Field(
            name="project_id",
            input=Input.NUMBER,
            label=t("项目序号", "Number of the project"),
            required=False,
            width="short",
            hint=t(
                "填写后，该项目拟定编号时自动使用；留空则由拟定编号的人手工填写。",
                "Where it is given, that project takes the number by itself; otherwise the number is typed by whoever "
                "prepares the publication.",
            ),
        )
        fields = (
            Field(
                name="number",
                label=t("编号", "Number"),
                value=request.args.get("number", ""),
                width="medium",
                hint=t(
                    "任意写法，不写年份，例如 {example}。",
                    "In any spelling, without a year: {example}.",
                    example=example,
                ),
            ),
            Field(
                name="reason",
                input=Input.TEXTAREA,
                label=t("理由", "Reason"),
                rows=3,
                hint=t("写入管理记录。", "It enters the record of administration."),
            ),
            *((to_project,) if reserves else ()),
        )
        return FormPage(
            title=t("保留编号", "Reserve a number") if reserves else t("标记为不再使用", "Mark as not to be used"),
            over=shown.series.code,
            crumbs=_way_in(shown),
            groups=(Group(fields=fields),),
            submit=t("保留", "Reserve") if reserves else t("标记", "Mark"),
            cancel_url=url_for("numbers.show", series=slug),
            trouble=trouble,
        )

    def read(reader: Reader) -> HoldNumber:
        return HoldNumber(
            series=shown.series.code,
            number=reader.text("number"),
            reason=reader.text("reason"),
            state=state,
            project_id=reader.number("project_id") if reserves else None,
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: hold_number(session, command, actor=current_actor(), moment=current_moment()),
        done=t("编号已保留。", "The number is reserved.")
        if reserves
        else t("编号已标记为不再使用。", "The number is marked as not to be used."),
        after=url_for("numbers.show", series=slug),
    )


@bp.post("/<series>/release/<int:serial>")
def release(series: str, serial: int) -> ResponseReturnValue:
    """Release a number that is held."""
    with unit_of_work(db.session()) as session:
        command = ReleaseNumber(series=series, serial=serial)
        release_number(session, command, actor=current_actor(), moment=current_moment())
    flash(t("编号已解除。", "The number is released."), "done")
    return redirect(url_for("numbers.show", series=series))


@bp.route("/<series>/settings", methods=["GET", "POST"])
def settings(series: str) -> ResponseReturnValue:
    """The form of how a series counts."""
    require_administrator(current_actor())
    shown = series_shown(db.session(), series, current_actor())

    def page(trouble: Trouble) -> FormPage:
        fields = [
            Field(
                name="first_serial",
                input=Input.NUMBER,
                label=t("起始顺序号", "First serial"),
                value=shown.first_serial,
                width="short",
                hint=t("以前的号码视为在本系统之外已经使用。", "Serials before it count as given elsewhere."),
            )
        ]
        if shown.series.may_pad:
            fields.append(
                Field(
                    name="padding",
                    input=Input.NUMBER,
                    label=t("顺序号位数", "Figures of a serial"),
                    value=shown.padding,
                    width="short",
                    hint=t("不足的位数前面补零；1为不补零。", "Filled up with noughts in front; 1 for none."),
                )
            )
        return FormPage(
            title=t("系列设置", "How the series counts"),
            over=shown.series.code,
            crumbs=_way_in(shown),
            groups=(Group(fields=tuple(fields)),),
            submit=t("保存", "Save"),
            cancel_url=url_for("numbers.show", series=series),
            trouble=trouble,
            told=(t("只影响以后的编号；已有编号不变。", "It counts for numbers to come; those that are given stay."),),
        )

    def read(reader: Reader) -> ChangeSeries:
        return ChangeSeries(
            series=shown.series.code,
            first_serial=reader.number("first_serial", required=True) or 0,
            padding=(reader.number("padding", required=True) or 0) if shown.series.may_pad else 1,
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: change_series(session, command, actor=current_actor(), moment=current_moment()),
        done=t("系列设置已修改。", "The series is set up."),
        after=url_for("numbers.show", series=series),
    )


@bp.route("/plan/<kind>", methods=["GET", "POST"])
def plan_pattern(kind: str) -> ResponseReturnValue:
    """The form of the pattern of plan numbers."""
    require_administrator(current_actor())
    try:
        code = Kind(kind)
    except ValueError:
        raise NotFound("kind", kind) from None

    def page(trouble: Trouble) -> FormPage:
        (known,) = (each for each in plan_patterns(db.session(), current_moment()) if each.kind is code)
        fields = (
            Field(
                name="pattern",
                label=t("格式", "Pattern"),
                value=known.pattern,
                required=False,
                width="medium",
                hint=t(
                    "{year}为年份，{serial}为三位顺序号，{group}为社会团体代号，例如 {example}。留空则恢复缺省格式。",
                    "{year} is the year, {serial} a serial of three figures, {group} the code of the association: "
                    "{example}. Leave it empty for the default.",
                    year="{year}",
                    serial="{serial:3}",
                    group="{group}",
                    example=default_pattern(code),
                ),
            ),
        )
        return FormPage(
            title=t("计划编号格式", "Pattern of plan numbers"),
            over=str(labels.kind(code)),
            crumbs=_way(),
            groups=(Group(fields=fields),),
            submit=t("保存", "Save"),
            cancel_url=url_for("numbers.listed"),
            trouble=trouble,
            told=(
                t("只用于建议新的编号；已有编号不变。", "It is for proposing new numbers; those that are given stay."),
            ),
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: ChangePlanNumbering(kind=code, pattern=reader.text("pattern")),
        do=lambda session, command: change_plan_numbering(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("计划编号格式已修改。", "The pattern is changed."),
        after=url_for("numbers.listed"),
    )
