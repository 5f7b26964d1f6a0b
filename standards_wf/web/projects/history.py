"""The history of a project, and the correction of its stage by hand."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.access import require_administrator
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.reading.histories import history_of
from standards_wf.services.reading.projects import head_of
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.lists import asked_number
from standards_wf.web.projects.shown import head_for, in_the_readers_calendar, show_form, show_tab, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.stages import stages_of
from standards_wf.workflow.vocabulary import Stage


@bp.get("/<int:project_id>/history")
def history(project_id: int) -> ResponseReturnValue:
    """What happened, newest first."""
    head = head_of(db.session(), project_id, current_actor())
    page = history_of(db.session(), project_id, head.kind, asked_number("page") or 1)
    return show_tab("history", head, "history", page=page, rows=in_the_readers_calendar(page.rows))


@bp.route("/<int:project_id>/history/correct", methods=["GET", "POST"])
def correct(project_id: int) -> ResponseReturnValue:
    """The form with which the administrator puts a project where it belongs."""
    head_for(project_id)
    require_administrator(current_actor())

    def page(trouble: Trouble) -> FormPage:
        head = head_for(project_id)
        stages = tuple((row.stage.value, labels.stage(row.stage, head.kind)) for row in stages_of(head.kind))
        return FormPage(
            title=t("人工更正阶段", "Correct the stage by hand"),
            under=head.title_zh,
            crumbs=way_to(head, "history", t("历史", "History")),
            notices=(
                (
                    "warning",
                    t(
                        "这不是正常办理：不检查任何条件，正在进行的征求意见、审查、公示随之结束。更正在历史中单独标明。",
                        "This is not an act of the procedure: no condition is checked, and a running consultation, review "
                        "or notice ends. The correction stands out in the history.",
                    ),
                ),
            ),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="stage",
                            input=Input.SELECT,
                            label=t("更正为", "The right stage"),
                            choices=stages,
                            empty=t("请选择", "Choose"),
                        ),
                        Field(name="note", input=Input.TEXTAREA),
                    )
                ),
            ),
            version=head.version,
            submit=t("更正", "Correct"),
            variant="danger",
            cancel_url=url_for("projects.history", project_id=project_id),
            trouble=trouble,
            since=since(head, trouble),
        )

    def read(reader: Reader) -> CorrectStage:
        return CorrectStage(
            project_id=project_id,
            expected_version=reader.version(),
            stage=reader.needed_code("stage", Stage),
            note=reader.text("note"),
        )

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: correct_stage(session, command, actor=current_actor(), moment=current_moment()),
        done=t("阶段已更正。", "The stage is corrected."),
        after=url_for("projects.history", project_id=project_id),
    )
