"""What the committee found about a document that the text cites and that has ended."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services import citations
from standards_wf.services.citations import SETTLERS, SettleCitation
from standards_wf.services.reading.citations import citation_tasks_of
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import CitationOutcome


@bp.route("/<int:project_id>/life/citations/<int:task_id>", methods=["GET", "POST"])
def settle_citation(project_id: int, task_id: int) -> ResponseReturnValue:
    """The form of what was found."""
    head = head_for(project_id, *SETTLERS)
    task = next((each for each in citation_tasks_of(db.session(), project_id) if each.id == task_id), None)
    if task is None:
        raise NotFound("citation", task_id)

    def page(trouble: Trouble) -> FormPage:
        return FormPage(
            title=t("登记核对结果", "Record what was found"),
            over=task.ended_number,
            under=head.title_zh,
            crumbs=way_to(head, "life", t("公示与复审", "Notices and reviews")),
            notices=(("info", task.sentence),),
            groups=(
                Group(
                    fields=(
                        Field(
                            name="outcome",
                            input=Input.RADIOS,
                            label=t("处理结果", "Outcome"),
                            choices=tuple((code.value, labels.citation_outcome(code)) for code in CitationOutcome),
                            value=task.outcome or "",
                        ),
                        Field(name="note", input=Input.TEXTAREA, label=t("说明", "What was found"), value=task.note),
                    )
                ),
            ),
            submit=t("登记", "Record"),
            cancel_url=url_for("projects.life", project_id=project_id),
            trouble=trouble,
        )

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: SettleCitation(
            task_id=task_id, outcome=reader.needed_code("outcome", CitationOutcome), note=reader.text("note")
        ),
        do=lambda session, command: citations.settle_citation(
            session, command, actor=current_actor(), moment=current_moment()
        ),
        done=t("核对结果已登记。", "What was found is recorded."),
        after=url_for("projects.life", project_id=project_id),
    )
