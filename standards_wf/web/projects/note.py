"""The explanatory note: its headings, and the form that writes them."""

from flask import url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.explanatory_notes import WriteExplanatoryNote, write_explanatory_note
from standards_wf.services.reading.notes import NotePage, note_of
from standards_wf.services.reading.projects import Head
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import head_for, show_form, show_tab, since, way_to
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Paper, Phase, Role

WRITERS = (Role.DRAFTER, Role.COMMITTEE_SECRETARY)
_WHILE = frozenset({Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL})


def may_write(head: Head) -> bool:
    """Whether the form is offered; the service has the last word."""
    return head.phase in _WHILE and head.has(*WRITERS)


@bp.get("/<int:project_id>/note")
def note(project_id: int) -> ResponseReturnValue:
    """The note as it stands."""
    page = note_of(db.session(), project_id, current_actor())
    return show_tab("note", page.head, "note", page=page, may_write=may_write(page.head))


@bp.route("/<int:project_id>/note/edit", methods=["GET", "POST"])
def write_note(project_id: int) -> ResponseReturnValue:
    """The form of the note, heading by heading."""
    head_for(project_id, *WRITERS)
    actor = current_actor()
    found = note_of(db.session(), project_id, actor)

    def page(trouble: Trouble) -> FormPage:
        shown = note_of(db.session(), project_id, actor)
        name = str(labels.paper(Paper.EXPLANATORY_NOTE, shown.head.kind))
        return FormPage(
            title=t("填写{name}", "Write the note", name=name),
            under=shown.head.title_zh,
            crumbs=way_to(shown.head, "note", name),
            groups=(Group(fields=_fields(shown)),),
            version=shown.head.version,
            submit=t("保存", "Save"),
            cancel_url=url_for("projects.note", project_id=project_id),
            trouble=trouble,
            since=since(shown.head, trouble),
        )

    def read(reader: Reader) -> WriteExplanatoryNote:
        texts = {row.heading: reader.text(row.heading) for row in found.headings}
        return WriteExplanatoryNote(project_id=project_id, texts=texts, expected_version=reader.version())

    return answer(
        page=page,
        show=show_form,
        read=read,
        do=lambda session, command: write_explanatory_note(session, command, actor=actor, moment=current_moment()),
        done=t("已保存。", "Saved."),
        after=url_for("projects.note", project_id=project_id),
    )


def _fields(shown: NotePage) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=row.heading,
            input=Input.TEXTAREA,
            label=f"{number}. {labels.heading(row.heading)}",
            value=row.text,
            required=None,
            rows=7,
        )
        for number, row in enumerate(shown.headings, start=1)
    )
