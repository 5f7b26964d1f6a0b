"""Making and keeping papers in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.bearing import fold, folded_text
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.drafts import Attachment, DraftVersion
from standards_wf.services.access import actor_of
from standards_wf.services.papers import (
    MadePaper,
    keep_paper,
    make_paper,
)
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.vocabulary import (
    CommentType,
    Disposition,
    DraftStage,
    Kind,
    MetrologyCategory,
    Paper,
    Stage,
)
from tests.services.cases import Case, make_case
from tests.services.texts import bring, docx_of, fill_in, text_for

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def with_text(
    session: Session,
    store: FileStore,
    moment: Moment,
    kind: Kind = Kind.LOCAL_STANDARD,
    *,
    stage: Stage = Stage.SUBMISSION,
    category: MetrologyCategory | None = None,
    replaces: str = "",
) -> Case:
    """A case with particulars and a text, as it is to be submitted."""
    case = make_case(session, moment, kind=kind, stage=stage, category=category, replaces=replaces)
    fill_in(session, case, text_for(kind))
    bring(session, case, docx_of(text_for(kind)), kind=kind, store=store, moment=moment)
    return case


def made(session: Session, case: Case, paper: Paper, moment: Moment, *, stage: DraftStage | None = None) -> MadePaper:
    session.rollback()
    return make_paper(session, case.project_id, paper, actor=SYSTEM_ACTOR, moment=moment, draft_stage=stage)


def kept(session: Session, paper: MadePaper, person: int | None, store: FileStore, moment: Moment) -> Attachment:
    with unit_of_work(session):
        actor = actor_of(session, person, moment.day) if person else SYSTEM_ACTOR
        return keep_paper(session, paper, store=store, actor=actor, moment=moment)


def says(paper: MadePaper, *words: str) -> bool:
    folded = folded_text(paper.docx)
    return all(fold(word) in folded for word in words)


@contextmanager
def queries(engine: Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith("BEGIN"):
            asked.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def comment_on(session: Session, case: Case, moment: Moment, *dispositions: Disposition | None) -> None:
    with unit_of_work(session):
        draft = session.query(DraftVersion).filter_by(project_id=case.project_id).one()
        opened = ConsultationRound(
            project_id=case.project_id,
            number=1,
            draft_id=draft.id,
            opens_on=moment.day,
            closes_on=moment.day + timedelta(days=30),
        )
        session.add(opened)
        session.flush()
        session.add_all(
            Comment(
                project_id=case.project_id,
                round_id=opened.id,
                number=number,
                clause="5.1",
                type=CommentType.TECHNICAL,
                text=f"第{number}条意见",
                proposed_change="改为8 min" if number == 1 else "",
                author=f"意见人{number}",
                organization="示范航空公司（演示）" if number < 3 else "",
                received_at=moment.at,
                disposition=disposition,
                reason="" if disposition in (None, Disposition.ACCEPTED) else "运行记录表明不必",
                disposed_at=moment.at if disposition else None,
            )
            for number, disposition in enumerate(dispositions, start=1)
        )
