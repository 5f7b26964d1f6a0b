"""The periodic reviews of a year: the list, and what is done for many documents in one go."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.documents.inspect import UploadLimits
from standards_wf.errors import Invalid
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.periodic_reviews import OPINION_GIVERS, RecordOpinion
from standards_wf.services.reading.choices import committee_choices
from standards_wf.services.reading.review_lists import (
    STATES,
    ListState,
    ReviewFilter,
    ReviewLine,
    ReviewList,
    review_list,
)
from standards_wf.services.review_batches import (
    DECIDERS,
    ConcludeReviews,
    LineDone,
    StartReviews,
    Ticked,
    conclude_reviews,
    record_opinions,
    start_reviews,
)
from standards_wf.services.saying import reasons_of, say_fields
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import NO_TROUBLE, Trouble
from standards_wf.web.login import require_login
from standards_wf.web.projects.lists import asked_code, asked_number
from standards_wf.web.projects.shown import show_form
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Conclusion, EarlyReason, Kind, Role, Stage

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
bp.before_request(require_login)

_FIRST_YEAR, _LAST_YEAR = 1990, 2199


def _asked() -> tuple[int, ReviewFilter]:
    year = asked_number("year") or current_moment().day.year
    wanted = ReviewFilter(
        kind=asked_code("kind", Kind),
        state=asked_code("state", ListState),
        committee_id=asked_number("committee"),
    )
    return min(max(year, _FIRST_YEAR), _LAST_YEAR), wanted


def _list(year: int, wanted: ReviewFilter) -> ReviewList:
    return review_list(db.session(), year, actor=current_actor(), moment=current_moment(), wanted=wanted)


def _starters(kind: Kind) -> frozenset[Role]:
    row = PROCEDURES[kind].row(Stage.IN_FORCE, Action.START_REVIEW)
    return frozenset(row.roles) if row else frozenset()


def _may_start(line: ReviewLine) -> bool:
    return line.state is ListState.WAITING and line.stage is Stage.IN_FORCE and bool(line.roles & _starters(line.kind))


def _may_opine(line: ReviewLine) -> bool:
    return line.state in {ListState.STARTED, ListState.OPINION} and bool(line.roles & set(OPINION_GIVERS))


def _may_decide(line: ReviewLine) -> bool:
    return line.state is ListState.OPINION and bool(line.roles & DECIDERS)


@bp.get("")
def listed() -> ResponseReturnValue:
    """The list of a year."""
    year, wanted = _asked()
    page = _list(year, wanted)
    return render_template(
        "reviews/list.html",
        page=page,
        wanted=wanted,
        states=STATES,
        today=current_moment().day,
        kind_choices=[(kind.value, labels.kind(kind)) for kind in Kind],
        state_choices=[(state.value, words) for state, words in STATES.items()],
        committees=committee_choices(db.session()),
        may_start=sum(map(_may_start, page.lines)),
        may_opine=sum(map(_may_opine, page.lines)),
        may_decide=sum(map(_may_decide, page.lines)),
        years=[(each, str(each)) for each in sorted({*page.years, year - 1, year, year + 1})],
    )


@bp.get("/list.csv")
def as_csv() -> Response:
    """The list of a year as a table for a spreadsheet."""
    year, wanted = _asked()
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(
        [
            t("编号", "Number"),
            t("名称", "Title"),
            t("种类", "Kind"),
            t("有关行政主管部门", "Competent department"),
            t("技术委员会", "Committee"),
            t("复审周期届满", "Cycle ends on"),
            t("意见期限", "Opinion due on"),
            t("进展", "State"),
            t("逾期", "Overdue"),
            t("提前复审的情形", "Reason of an early review"),
            t("结论", "Conclusion"),
            t("理由", "Grounds"),
            t("实施信息", "How it is applied"),
            t("公告号", "Decision"),
            t("结论日期", "Concluded on"),
        ]
    )
    for line in _list(year, wanted).lines:
        writer.writerow(
            [
                line.number,
                t(line.title_zh, line.title_en or line.title_zh),
                labels.kind(line.kind),
                line.department,
                line.committee,
                line.cycle_ends_on,
                line.opinion_due_on,
                STATES[line.state],
                t("是", "yes") if line.overdue else "",
                labels.early_reason(line.early_reason) if line.early_reason else "",
                labels.conclusion(line.conclusion) if line.conclusion else "",
                line.grounds,
                line.implementation,
                line.decision,
                line.concluded_on or "",
            ]
        )
    # The mark at the beginning tells spreadsheets that the signs are UTF-8.
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=periodic-reviews-{year}.csv"
    return answer


def _way(year: int) -> tuple[tuple[str, str], ...]:
    return ((t("复审", "Periodic reviews"), url_for("reviews.listed", year=year)),)


def _choice(line: ReviewLine, hint: str) -> tuple[object, str, str]:
    return (
        f"{line.project_id}:{line.version}",
        f"{line.number}　{t(line.title_zh, line.title_en or line.title_zh)}",
        hint,
    )


def _ticked(reader_values: Iterable[str]) -> tuple[Ticked, ...]:
    found = []
    for value in reader_values:
        project, _, version = value.partition(":")
        if project.isdecimal() and version.isdecimal() and len(project) < len("1000000000") > len(version):
            found.append(Ticked(int(project), int(version)))
    return tuple(found)


def _told(done: Sequence[LineDone], lines: Iterable[ReviewLine]) -> tuple[tuple[str, str], ...]:
    """What became of a list, as notices: how many went, and each that did not with its reasons."""
    by_project = {line.project_id: line for line in lines}
    notices = []
    went = sum(1 for each in done if each.done)
    if went:
        notices.append(("done", t("已办理 {n} 份；其余各份如下。", "{n} done; the others are below.", n=went)))
    for each in done:
        if each.refused is not None:
            line = by_project.get(each.project_id)
            name = line.number if line else f"#{each.project_id}"
            reasons = t("；", "; ").join(reasons_of(each.refused, line.kind if line else None))
            notices.append(("error", t("{name}：{reasons}", "{name}: {reasons}", name=name, reasons=reasons)))
    return tuple(notices)


def _batch(
    year: int,
    *,
    page: Callable[[Trouble, tuple[tuple[str, str], ...]], FormPage],
    do: Callable[[Reader], tuple[LineDone, ...]],
    done_words: Callable[[int], str],
) -> ResponseReturnValue:
    """Answer the form of a list: shown, done, or shown again with those that did not go."""
    if request.method != "POST":
        return show_form(page(NO_TROUBLE, ()))
    lines = _list(year, ReviewFilter()).lines
    try:
        done = do(Reader(request.form, request.files))
    except Invalid as refused:
        return show_form(page(Trouble(422, errors=say_fields(refused), typed=request.form), ()))
    if not done:
        nothing = t("请至少选择一份文件。", "Choose at least one document.")
        return show_form(page(Trouble(422, errors={"ticked": nothing}, typed=request.form), ()))
    if any(not each.done for each in done):
        return show_form(page(Trouble(422, typed=request.form), _told(done, lines)))
    flash(done_words(len(done)), "done")
    return redirect(url_for("reviews.listed", year=year))


@bp.route("/start", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Begin the reviews of a list."""
    year, wanted = _asked()
    today = current_moment().day

    def page(trouble: Trouble, notices: tuple[tuple[str, str], ...]) -> FormPage:
        lines = [line for line in _list(year, wanted).lines if _may_start(line)]
        choices = tuple(_choice(line, _when(line)) for line in lines)
        return FormPage(
            title=t("开始复审", "Start periodic reviews"),
            under=t("{year} 年", "{year}", year=str(year)),
            crumbs=_way(year),
            notices=notices,
            groups=(
                Group(
                    fields=(
                        Field(
                            name="ticked",
                            input=Input.CHECKBOXES,
                            label=t("文件", "Documents"),
                            choices=choices,
                            chosen=tuple(
                                choice[0]
                                for choice, line in zip(choices, lines, strict=True)
                                if line.begins_on <= today
                            ),
                        ),
                    )
                ),
                Group(
                    title=t("提前复审", "Early review"),
                    hint=t(
                        "只有未到时间的文件才需要填写；所选各份共用这一情形和依据。",
                        "Needed for documents before their time only; the documents chosen share this reason.",
                    ),
                    fields=(
                        Field(
                            name="early_reason",
                            input=Input.SELECT,
                            choices=tuple((code.value, labels.early_reason(code)) for code in EarlyReason),
                            empty=t("按期复审", "On time"),
                            required=False,
                        ),
                        Field(name="early_grounds", required=False),
                    ),
                ),
            ),
            submit=t("开始复审", "Start"),
            cancel_url=url_for("reviews.listed", year=year),
            trouble=trouble,
        )

    def do(reader: Reader) -> tuple[LineDone, ...]:
        command = StartReviews(
            ticked=_ticked(request.form.getlist("ticked")),
            early_reason=reader.code("early_reason", EarlyReason),
            early_grounds=reader.text("early_grounds"),
        )
        reader.done()
        return start_reviews(db.session(), command, actor=current_actor(), moment=current_moment())

    return _batch(
        year,
        page=page,
        do=do,
        done_words=lambda n: t("已开始 {n} 份文件的复审。", "{n} periodic reviews are started.", n=n),
    )


def _when(line: ReviewLine) -> str:
    """When the review of a line is due, and from when on it is on time."""
    return t(
        "周期{ends}届满，意见不迟于{opinion}；{begins}起按期。",
        "The cycle ends on {ends}, the opinion is due by {opinion}; on time from {begins}.",
        ends=dates.long_date(line.cycle_ends_on),
        opinion=dates.long_date(line.opinion_due_on),
        begins=dates.long_date(line.begins_on),
    )


@bp.route("/decision", methods=["GET", "POST"])
def decide() -> ResponseReturnValue:
    """Carry out the conclusions of a list by one paper."""
    year, wanted = _asked()

    def page(trouble: Trouble, notices: tuple[tuple[str, str], ...]) -> FormPage:
        lines = [line for line in _list(year, wanted).lines if _may_decide(line)]
        choices = tuple(_choice(line, _opinion(line)) for line in lines)
        return FormPage(
            title=t("作出复审结论", "Decide on periodic reviews"),
            under=t(
                "一份公告决定所选各份文件；每份文件各有一条办理记录。",
                "One paper decides on the documents chosen; each has an act of its own in its history.",
            ),
            crumbs=_way(year),
            notices=notices,
            groups=(
                Group(
                    fields=(
                        Field(
                            name="ticked",
                            input=Input.CHECKBOXES,
                            label=t("文件", "Documents"),
                            choices=choices,
                            chosen=tuple(choice[0] for choice in choices),
                        ),
                        Field(name="announcement", label=t("公告号", "Number of the decision"), width="medium"),
                        Field(name="decided_on", input=Input.DATE, value=current_moment().day),
                        Field(
                            name="file",
                            input=Input.FILE,
                            label=t("公告文件", "The paper"),
                            accept=".docx,.pdf",
                            required=False,
                        ),
                        Field(name="note", input=Input.TEXTAREA, label=t("附言", "Note"), required=False, rows=3),
                    )
                ),
            ),
            submit=t("作出结论", "Decide"),
            cancel_url=url_for("reviews.listed", year=year),
            trouble=trouble,
            told=(
                t(
                    "“继续有效”的确认有效，复审周期重新起算。",
                    "What remains valid is confirmed, and its cycle begins anew.",
                ),
                t(
                    "“修订”的开立修订项目，原文件继续有效。",
                    "For what is to be revised a case is opened; it stays in force.",
                ),
                t("“废止”的开始废止前公示。", "For what is to be abolished the public notice begins."),
            ),
        )

    def do(reader: Reader) -> tuple[LineDone, ...]:
        command = ConcludeReviews(
            ticked=_ticked(request.form.getlist("ticked")),
            announcement=reader.text("announcement"),
            decided_on=reader.needed_day("decided_on"),
            note=reader.text("note"),
            file=reader.upload("file"),
        )
        reader.done()
        return conclude_reviews(
            db.session(),
            command,
            store=installation().store,
            limits=UploadLimits(file_bytes=installation().settings.max_upload_mb * 1024 * 1024),
            actor=current_actor(),
            moment=current_moment(),
        )

    return _batch(
        year,
        page=page,
        do=do,
        done_words=lambda n: t("已对 {n} 份文件作出结论。", "{n} documents are decided on.", n=n),
    )


def _opinion(line: ReviewLine) -> str:
    conclusion = labels.conclusion(line.conclusion) if line.conclusion else ""
    return t("{conclusion}：{grounds}", "{conclusion}: {grounds}", conclusion=conclusion, grounds=line.grounds)


@bp.route("/opinions", methods=["GET", "POST"])
def opinions() -> ResponseReturnValue:
    """The opinions of a list, one row for each document; rows without a conclusion are left as they are."""
    year, wanted = _asked()
    lines = [line for line in _list(year, wanted).lines if _may_opine(line)]
    if request.method != "POST":
        return _opinions_page(year, lines, NO_TROUBLE, ())
    reader = Reader(request.form)
    commands = []
    for line in lines:
        conclusion = reader.code(f"conclusion-{line.project_id}", Conclusion)
        if conclusion is not None:
            commands.append(
                RecordOpinion(
                    project_id=line.project_id,
                    expected_version=reader.number(f"version-{line.project_id}"),
                    conclusion=conclusion,
                    grounds=reader.text(f"grounds-{line.project_id}"),
                    implementation=reader.text(f"implementation-{line.project_id}"),
                )
            )
    try:
        reader.done()
    except Invalid as unread:
        return _opinions_page(year, lines, Trouble(422, errors=say_fields(unread), typed=request.form), ())
    changed = [each for each in commands if _says_something_new(each, lines)]
    done = record_opinions(db.session(), changed, actor=current_actor(), moment=current_moment())
    if not done:
        errors = {
            "": t("没有改动：请至少填写一份文件的结论和理由。", "Nothing is new: give the conclusion of one document.")
        }
        return _opinions_page(year, lines, Trouble(422, errors=errors, typed=request.form), ())
    refused = {each.project_id: each.refused for each in done if each.refused is not None}
    if refused:
        errors = {f"grounds-{project_id}": t("；", "; ").join(reasons_of(why)) for project_id, why in refused.items()}
        left = [line for line in lines if line.project_id in refused]
        trouble = Trouble(422, errors=errors, typed=request.form)
        return _opinions_page(year, left, trouble, _told(done, lines)[: int(len(refused) < len(done))])
    flash(t("已登记 {n} 份意见。", "{n} opinions are recorded.", n=len(done)), "done")
    return redirect(url_for("reviews.listed", year=year))


def _says_something_new(command: RecordOpinion, lines: Iterable[ReviewLine]) -> bool:
    """Whether a row differs from what is recorded; a row that was only shown is not recorded again."""
    line = next(line for line in lines if line.project_id == command.project_id)
    recorded = (line.conclusion, line.grounds, line.implementation)
    return recorded != (command.conclusion, command.grounds.strip(), command.implementation.strip())


def _opinions_page(
    year: int, lines: Sequence[ReviewLine], trouble: Trouble, notices: tuple[tuple[str, str], ...]
) -> ResponseReturnValue:
    page = render_template(
        "reviews/opinions.html",
        year=year,
        lines=lines,
        trouble=trouble,
        errors=trouble.errors,
        asked=[
            {"name": f"{name}-{line.project_id}", "words": line.number}
            for line in lines
            for name in ("conclusion", "grounds")
        ],
        notices=notices,
        way=_way(year),
        conclusions=[(code.value, labels.conclusion(code)) for code in Conclusion],
    )
    return page, trouble.status
