"""The correction of a stage by hand: a form that says what it ends, and the list of all corrections."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.reading.corrections import CorrectionPage, correction_page, list_corrections
from standards_wf.services.two_persons import prepared_by
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.lists import asked_number
from standards_wf.web.projects.prepared import on_to_the_second
from standards_wf.web.projects.shown import show_form, since, way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.language import Language, current, t
from standards_wf.workflow.vocabulary import Stage


@bp.get("/corrections")
def corrections() -> ResponseReturnValue:
    """Every correction by hand in the projects that the reader may see."""
    page = list_corrections(db.session(), current_actor(), asked_number("page") or 1)
    return render_template("projects/corrections.html", page=page)


@bp.get("/<int:project_id>/history/correct")
def correct(project_id: int) -> ResponseReturnValue:
    """The form with which the administrator puts a project where it belongs."""
    return _show(project_id, NO_TROUBLE)


@bp.post("/<int:project_id>/history/correct")
def correct_by_hand(project_id: int) -> ResponseReturnValue:
    """Put a project where it belongs, or prepare it where that takes two persons."""
    try:
        reader = Reader(request.form)
        command = CorrectStage(
            project_id=project_id,
            expected_version=reader.version(),
            stage=reader.needed_code("stage", Stage),
            note=reader.text("note"),
        )
        reader.done()
        with unit_of_work(db.session()) as session:
            event = correct_stage(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _show(project_id, trouble_of(refused, request.form))
    number = prepared_by(event)
    if number is not None:
        return on_to_the_second(project_id, number)
    flash(t("阶段已更正。", "The stage is corrected."), "done")
    return redirect(url_for("projects.history", project_id=project_id))


def _show(project_id: int, trouble: Trouble) -> ResponseReturnValue:
    page = correction_page(db.session(), project_id, current_actor(), current_moment())
    head = page.head
    stages = tuple((stage.value, labels.stage(stage, head.kind)) for stage in page.stages)
    fields = (
        Field(
            name="stage",
            input=Input.SELECT,
            label=t("更正为", "The right stage"),
            choices=stages,
            hint=t(
                "只列出本项目具备条件的阶段；征求意见阶段须按程序开始。",
                "Only stages that the case has what it needs for; a consultation is opened by an act of the procedure.",
            ),
            empty=t("请选择", "Choose"),
        ),
        Field(
            name="note",
            input=Input.TEXTAREA,
            label=t("书面理由", "Written reason"),
            hint=t(
                "写明错在哪里、依据什么更正；所有能看到本项目的人都会一直看到。",
                "Say what was wrong and on what the correction rests; whoever may see the project sees it for ever.",
            ),
        ),
    )
    form = FormPage(
        title=t("人工更正阶段", "Correct the stage by hand"),
        over=str(labels.stage(head.stage, head.kind)),
        under=head.title_zh,
        crumbs=way_to(head, "history", t("历史", "History")),
        notices=(("error", _warning()), ("warning", _ended(page))),
        groups=(Group(fields=fields),),
        version=head.version,
        submit=t("准备更正", "Prepare the correction") if page.takes_two else t("更正", "Correct"),
        variant="danger",
        cancel_url=url_for("projects.history", project_id=project_id),
        trouble=trouble,
        told=_told(page),
        since=since(head, trouble),
    )
    return show_form(form)


def _warning() -> str:
    return t(
        "这不是正常办理：更正不检查程序规定的任何条件，也不能撤销，只能再次更正。能用正常办理解决的，请不要更正。",
        "This is not an act of the procedure: none of its conditions is checked, and it cannot be undone but by another "
        "correction. Where an act of the procedure helps, use that.",
    )


def _ended(page: CorrectionPage) -> str:
    """What runs now and would end, sentence after sentence."""
    told = []
    if page.has_round:
        told.append(
            t(
                "正在进行的征求意见（截止{day}）随之结束，不再接收意见。",
                "The consultation that runs until {day} ends, and no more comments are received.",
                day=dates.long_date(page.round_closes_on),
            )
            if page.round_closes_on
            else t("正在进行的征求意见随之结束。", "The consultation that runs ends.")
        )
    if page.review is not None:
        told.append(t("第{n}次审查按撤回处理。", "Review no. {n} counts as withdrawn.", n=page.review))
    if page.ballot_is_open:
        told.append(
            t("正在进行的表决随之结束，不再接收投票。", "The ballot that runs is closed, and no more votes are cast.")
        )
    if page.notice is not None and page.notice_ends_on is not None:
        told.append(
            t(
                "正在进行的公示（至{day}）随之结束，不再接收异议。",
                "The public notice that runs until {day} ends, and no more objections are received.",
                day=dates.long_date(page.notice_ends_on),
            )
        )
    if page.periodic_review is not None:
        told.append(
            t("第{n}次复审随之结束。", "Periodic review no. {n} is concluded as it stands.", n=page.periodic_review)
        )
    if page.waiting is not None:
        told.append(
            t(
                "等待另一人确认的第{n}号事项随之失效。",
                "Prepared act no. {n}, which waits for a second person, no longer counts.",
                n=page.waiting.number,
            )
        )
    if not page.ends_something:
        told.insert(0, t("目前没有正在进行的征求意见、审查或公示。", "No consultation, review or notice runs now."))
    return ("" if current() is Language.ZH else " ").join(told)


def _told(page: CorrectionPage) -> tuple[str, ...]:
    """What follows in any case."""
    sentences = (
        t("有关各方将收到通知。", "The people concerned are told."),
        t(
            "更正写入历史，项目页和公开页面从此标明“阶段曾由管理员更正”。",
            "It enters the history; from now on the project's pages and its public page say that the stage was corrected "
            "by hand.",
        ),
    )
    if not page.takes_two:
        return sentences
    return (
        *sentences,
        t("须由另一位管理员确认后才生效。", "It counts only after a second administrator has confirmed it."),
    )
