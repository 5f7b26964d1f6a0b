"""Papers made from what is recorded, kept by content, brought by people, and listed as a package."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.bearing import bears, fold, folded_text
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.inspect import UploadRefused
from standards_wf.documents.missing import MissingValues
from standards_wf.documents.reading import read_clauses
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.drafts import Attachment, DraftVersion
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import ExplanatoryNote, PlanEntry, Project, ProjectDrafter
from standards_wf.models.reviews import Review
from standards_wf.services.access import actor_of, entrance_to
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.drafts import Upload
from standards_wf.services.papers import (
    AttachPaper,
    MadePaper,
    PaperState,
    attach_paper,
    generate,
    keep_paper,
    make_paper,
    package_of_project,
    publication_text,
)
from standards_wf.services.problems import PaperProblem
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reviews import RecordMinutes, record_minutes
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.vocabulary import (
    CommentType,
    Disposition,
    DraftStage,
    Event,
    Kind,
    MetrologyCategory,
    Paper,
    Position,
    ReviewMode,
    Stage,
)
from tests.services.cases import Case, act, make_case, project_of
from tests.services.texts import LIMITS, bring, docx_of, fill_in, text_for

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


BODIES = {
    Kind.LOCAL_STANDARD: Paper.STANDARD_BODY,
    Kind.GROUP_STANDARD: Paper.STANDARD_BODY,
    Kind.METROLOGY_SPECIFICATION: Paper.CALIBRATION_BODY,
}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_text_is_written_again_from_its_last_version(
    session: Session, store: FileStore, moment: Moment, kind: Kind
) -> None:
    case = with_text(session, store, moment, kind)

    paper = made(session, case, BODIES[kind], moment, stage=DraftStage.REVIEW)

    drafted, written = read_clauses(docx_of(text_for(kind))), read_clauses(paper.docx)
    bodies = [[each for each in read.clauses if each.kind is not ClauseKind.FOREWORD] for read in (drafted, written)]
    assert bodies[0] == bodies[1]
    assert written.title == text_for(kind).title_zh
    assert written.draft_words == ("报审稿" if kind is Kind.METROLOGY_SPECIFICATION else "送审稿")


@pytest.mark.parametrize("kind", list(Kind))
def test_the_text_to_be_published_bears_what_was_prepared_and_can_be_attached(
    session: Session, store: FileStore, moment: Moment, kind: Kind
) -> None:
    case = with_text(session, store, moment, kind)
    clerk = case.secretariat if kind is Kind.GROUP_STANDARD else case.authority
    preparation = PreparePublication(
        project_id=case.project_id,
        approved_on=moment.day,
        published_on=moment.day + timedelta(days=8),
        effective_on=date(2025, 10, 1),
        announcement_number="2025年第7号",
    )
    publication = act(session, prepare_publication, preparation, person=clerk, moment=moment)
    number = publication.number
    session.rollback()

    text = publication_text(session, case.project_id, actor=actor_of(session, clerk, moment.day), moment=moment)

    folded = folded_text(text.docx)
    assert all(bears(folded, mark) for mark in (number, "2025-06-10", "2025-10-01"))
    assert "稿）" not in folded.split(fold("范围"))[0]
    version = bring(
        session,
        case,
        text.docx,
        kind=kind,
        store=store,
        moment=moment,
        stage=DraftStage.PUBLICATION,
        person=clerk,
    )
    assert version.errors_found == 0
    announcement = made(session, case, Paper.PUBLICATION_ANNOUNCEMENT, moment)
    assert says(announcement, number, text_for(kind).title_zh, "2025年第7号", "2025-06-10")


def test_there_is_no_text_to_publish_before_number_and_dates_are_prepared(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)

    with pytest.raises(Invalid) as told:
        publication_text(session, case.project_id, actor=SYSTEM_ACTOR, moment=moment)
    assert told.value.fields["publication"].code is PaperProblem.NOT_PREPARED
    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.STANDARD_BODY, moment, stage=DraftStage.PUBLICATION)
    assert set(lacking.value.missing) == {"number", "published_on", "implemented_on"}


def test_every_value_that_a_text_lacks_is_named(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)

    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.STANDARD_BODY, moment)

    assert set(lacking.value.missing) == {"title_en", "ics", "ccs", "clauses"}


def test_a_revision_names_what_it_replaces_and_what_changed(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment, replaces="DB31/T 1150—2019")
    with unit_of_work(session):
        session.get_one(Project, case.project_id).main_changes = "a) 增加了碳排放的计算方法；\n更改了记录要求。"

    paper = made(session, case, Paper.STANDARD_BODY, moment)

    assert says(
        paper,
        "代替 DB31/T 1150—2019",
        "a) 增加了碳排放的计算方法；",
        "b) 更改了记录要求。",
        "2019年发布为DB31/T 1150—2019",
    )
    with unit_of_work(session):
        session.get_one(Project, case.project_id).main_changes = ""
    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.STANDARD_BODY, moment)
    assert lacking.value.missing == ("foreword.main_changes",)


def test_changes_and_history_of_a_text_survive_being_made_again(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment, replaces="DB31/T 1150—2019")
    with unit_of_work(session):
        session.get_one(Project, case.project_id).main_changes = "增加了计算方法"
    first = made(session, case, Paper.STANDARD_BODY, moment)
    bring(session, case, first.docx, kind=Kind.LOCAL_STANDARD, store=store, moment=moment)

    assert made(session, case, Paper.STANDARD_BODY, moment).docx == first.docx


def test_a_specification_made_again_is_the_same(session: Session, store: FileStore, moment: Moment) -> None:
    kind = Kind.METROLOGY_SPECIFICATION
    case = with_text(session, store, moment, kind)
    first = made(session, case, Paper.CALIBRATION_BODY, moment)
    bring(session, case, first.docx, kind=kind, store=store, moment=moment, stage=DraftStage.SUBMISSION)

    assert says(first, "本规范依据JJF 1071—2010《国家计量校准规范编写规则》、JJF 1001—2011")
    assert made(session, case, Paper.CALIBRATION_BODY, moment).docx == first.docx


def test_a_verification_regulation_calls_itself_one(session: Session, store: FileStore, moment: Moment) -> None:
    category = MetrologyCategory.VERIFICATION_REGULATION
    case = with_text(session, store, moment, Kind.METROLOGY_SPECIFICATION, category=category)

    paper = made(session, case, Paper.VERIFICATION_BODY, moment)

    assert says(paper, "本规程主要起草人", "本规程为首次发布", "JJG(沪)")
    assert not says(paper, "本规范主要起草人")
    with pytest.raises(Invalid) as told:
        made(session, case, Paper.CALIBRATION_BODY, moment)
    assert told.value.fields["paper"].code is PaperProblem.NOT_OF_THIS_KIND


def test_a_drafter_of_a_specification_without_employer_is_named_as_missing(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment, Kind.METROLOGY_SPECIFICATION)
    with unit_of_work(session):
        session.query(ProjectDrafter).filter_by(project_id=case.project_id).update({"unit": ""})

    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.CALIBRATION_BODY, moment)
    assert lacking.value.missing == ("lead_drafters[1].employer",)


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


def test_the_comment_table_lists_what_came_of_each_comment(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED, Disposition.NOT_ACCEPTED, Disposition.PARTLY_ACCEPTED)

    paper = made(session, case, Paper.COMMENT_TABLE, moment)

    assert says(paper, "第1条意见", "建议改为：改为8 min", "示范航空公司（演示）", "意见人3", "运行记录表明不必")
    assert says(paper, "意见共3条：采纳1条，部分采纳1条，不采纳1条。", "021-12345678")
    assert says(paper, "回函的单位数：2个", "发送《征求意见稿》的单位数：—个")


def test_a_comment_without_disposition_is_missing_from_the_table(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED, None)

    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.COMMENT_TABLE, moment)
    assert lacking.value.missing == ("rows[2].disposition",)


@pytest.mark.parametrize("kind", [Kind.LOCAL_STANDARD, Kind.METROLOGY_SPECIFICATION])
def test_the_note_has_every_heading_of_its_kind(session: Session, moment: Moment, kind: Kind) -> None:
    case = make_case(session, moment, kind=kind, stage=Stage.DRAFTING)
    headings = headings_of(kind)
    with unit_of_work(session):
        session.add(
            PlanEntry(
                project_id=case.project_id,
                number=f"2025-{case.project_id}",
                project_name="某",
                applicant="某",
                drafting_unit="某",
                published_on=date(2025, 1, 2),
                completes_on=date(2026, 1, 2),
            )
        )
        session.add_all(
            ExplanatoryNote(
                project_id=case.project_id, heading=heading, text=f"关于{heading}的说明", changed_at=moment.at
            )
            for heading in headings[:-1]
        )

    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.EXPLANATORY_NOTE, moment)
    assert lacking.value.missing == (f"sections[{len(headings)}].text",)
    with unit_of_work(session):
        session.add(
            ExplanatoryNote(project_id=case.project_id, heading=headings[-1], text="最后一项", changed_at=moment.at)
        )
    paper = made(session, case, Paper.EXPLANATORY_NOTE, moment)
    assert says(paper, f"2025-{case.project_id}", "最后一项", *(f"关于{heading}的说明" for heading in headings[:-1]))
    assert says(paper, "编写说明" if kind is Kind.METROLOGY_SPECIFICATION else "编制说明")


def reviewed(session: Session, moment: Moment, mode: ReviewMode = ReviewMode.MEETING) -> Case:
    """A review that was voted on, with its minutes: one vote against, one with a remark."""
    case = make_case(session, moment, stage=Stage.REVIEW, mode=mode)
    if mode is ReviewMode.MEETING:
        with unit_of_work(session):
            session.query(Review).filter_by(project_id=case.project_id).update(
                {"meets_on": moment.day, "place": "第二会议室"}
            )
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day)
    ballot = act(session, open_ballot, command, person=case.secretary, moment=moment)
    voters = (case.chair, *case.members)
    for place, voter in enumerate(voters):
        position = Position.AGAINST if place == 1 else Position.FOR
        reason = {1: "时间偏紧", 2: "宜补充示例"}.get(place, "")
        act(
            session,
            cast_vote,
            CastVote(ballot_id=ballot.id, position=position, reason=reason),
            person=voter,
            moment=moment,
        )
    act(session, close_ballot, CloseBallot(ballot_id=ballot.id), person=case.secretary, moment=moment)
    minutes = RecordMinutes(
        project_id=case.project_id,
        text="听取了汇报。\n逐条进行了讨论。",
        conclusion="同意通过审查。",
        attending=voters if mode is ReviewMode.MEETING else (),
    )
    act(session, record_minutes, minutes, person=case.secretary, moment=moment)
    return case


@pytest.mark.parametrize("mode", list(ReviewMode))
def test_the_minutes_tell_who_voted_how_many_and_what_was_said(
    session: Session, moment: Moment, mode: ReviewMode
) -> None:
    case = reviewed(session, moment, mode)

    paper = made(session, case, Paper.REVIEW_MINUTES, moment)

    assert says(
        paper,
        "听取了汇报。",
        "同意通过审查。",
        "时间偏紧",
        "宜补充示例",
        "主任委员",
        "member",
        "通过",
    )
    folded = folded_text(paper.docx)
    assert fold("9") in folded
    assert fold("8") in folded


def test_there_are_no_minutes_to_print_before_they_are_recorded(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.REVIEW)

    with pytest.raises(MissingValues) as lacking:
        made(session, case, Paper.REVIEW_MINUTES, moment)
    assert "conclusion" in lacking.value.missing
    with unit_of_work(session):
        generate(session, store, case.project_id, Paper.REVIEW_MINUTES, moment)
    assert session.scalars(select(Attachment)).all() == []


def test_the_number_of_queries_does_not_grow_with_the_rows(
    session: Session, engine: Engine, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, *[Disposition.ACCEPTED] * 40)
    minuted = reviewed(session, moment)
    most = {Paper.STANDARD_BODY: 11, Paper.COMMENT_TABLE: 8}
    for paper, limit in most.items():
        with queries(engine) as asked:
            made(session, case, paper, moment)
        assert len(asked) <= limit, (paper, asked)
    with queries(engine) as asked:
        made(session, minuted, Paper.REVIEW_MINUTES, moment)
    assert len(asked) <= 15, asked


def test_a_stranger_is_told_that_there_is_no_such_case(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    stranger = actor_of(session, case.stranger, moment.day)

    with pytest.raises(NotFound):
        make_paper(session, case.project_id, Paper.STANDARD_BODY, actor=stranger, moment=moment)
    with pytest.raises(NotFound):
        act(
            session,
            partial(attach_paper, store=store, limits=LIMITS),
            AttachPaper(project_id=case.project_id, paper=Paper.TEST_REPORT, upload=Upload("报告.pdf", PDF)),
            person=case.stranger,
            moment=moment,
        )


def test_the_same_paper_is_entered_once_however_often_it_is_made(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)
    first = kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.drafter, store, moment)

    again = kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.drafter, store, moment)
    with unit_of_work(session):
        generate(session, store, case.project_id, Paper.COMMENT_TABLE, moment)

    assert again.id == first.id
    assert session.scalars(select(Attachment.id)).all() == [first.id]
    assert store.get(first.sha256).startswith(b"PK")


def test_a_paper_that_somebody_asked_for_is_recorded_and_one_of_the_worker_is_not(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)
    before = project_of(session, case)
    seq, version = before.last_event_seq, before.version
    with unit_of_work(session):
        generate(session, store, case.project_id, Paper.COMMENT_TABLE, moment)
    assert project_of(session, case).last_event_seq == seq

    tomorrow = Moment(moment.at + timedelta(days=1), moment.day + timedelta(days=1))
    kept(session, made(session, case, Paper.COMMENT_TABLE, tomorrow), case.secretary, store, tomorrow)

    project = project_of(session, case)
    assert (project.last_event_seq, project.version) == (seq + 1, version)
    last = select(LifecycleEvent.action).where(LifecycleEvent.project_id == project.id, LifecycleEvent.seq == seq + 1)
    assert session.scalars(last).one() == Event.PAPER_GENERATED


def test_who_only_reviews_a_text_keeps_no_papers(session: Session, store: FileStore, moment: Moment) -> None:
    case = with_text(session, store, moment)
    comment_on(session, case, moment, Disposition.ACCEPTED)

    with pytest.raises(Forbidden):
        kept(session, made(session, case, Paper.COMMENT_TABLE, moment), case.members[0], store, moment)


def brought(
    session: Session, case: Case, person: int, store: FileStore, moment: Moment, paper: Paper = Paper.TEST_REPORT
) -> Attachment:
    command = AttachPaper(project_id=case.project_id, paper=paper, upload=Upload("报 告.pdf", PDF))
    return act(session, partial(attach_paper, store=store, limits=LIMITS), command, person=person, moment=moment)


def test_papers_are_brought_by_those_who_keep_the_case(session: Session, store: FileStore, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)

    for person in (case.drafter, case.secretary, case.department, case.authority):
        attachment = brought(session, case, person, store, moment)
        assert attachment.at_seq == project_of(session, case).last_event_seq
        assert store.get(attachment.sha256) == PDF
    with pytest.raises(Forbidden):
        brought(session, case, case.members[0], store, moment)
    with pytest.raises(Invalid) as told:
        brought(session, case, case.drafter, store, moment, Paper.STANDARD_BODY)
    assert told.value.fields["paper"].code is PaperProblem.IS_THE_TEXT


def test_a_proposer_brings_the_application_form_and_only_while_applying(
    session: Session, store: FileStore, moment: Moment
) -> None:
    for stage, allowed in ((Stage.APPLIED, True), (Stage.DRAFTING, False)):
        case = make_case(session, moment, stage=stage)
        with unit_of_work(session):
            session.get_one(Project, case.project_id).proposer_id = case.stranger
        with pytest.raises(Forbidden if allowed else NotFound):
            brought(session, case, case.stranger, store, moment)
        if allowed:
            brought(session, case, case.stranger, store, moment, Paper.APPLICATION_FORM)
        else:
            with pytest.raises(NotFound):
                brought(session, case, case.stranger, store, moment, Paper.APPLICATION_FORM)


def test_nothing_is_brought_to_a_closed_case_and_nothing_harmful_to_any(
    session: Session, store: FileStore, moment: Moment
) -> None:
    closed = make_case(session, moment, stage=Stage.TERMINATED)
    with pytest.raises(Forbidden):
        brought(session, closed, closed.authority, store, moment)
    case = make_case(session, moment, stage=Stage.DRAFTING)
    harmful = AttachPaper(
        project_id=case.project_id, paper=Paper.TEST_REPORT, upload=Upload("报告.pdf", b"<html></html>")
    )
    drafter = actor_of(session, case.drafter, moment.day)
    with pytest.raises(UploadRefused):
        attach_paper(session, harmful, store=store, limits=LIMITS, actor=drafter, moment=moment)


def test_the_package_shows_what_is_there_what_is_missing_and_what_is_outdated(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.REVIEW)
    old = brought(session, case, case.drafter, store, moment, Paper.SUBMISSION_LETTER)
    with unit_of_work(session):
        session.query(Review).filter_by(project_id=case.project_id).update({"began_seq": old.at_seq + 1})
    new = brought(session, case, case.drafter, store, moment, Paper.SUBMISSION_LIST)
    session.rollback()

    entrance = entrance_to(session, case.project_id, actor_of(session, case.drafter, moment.day))
    package = {each.paper: each for each in package_of_project(session, entrance, moment=moment)}

    assert package[Paper.SUBMISSION_LETTER].state is PaperState.OUTDATED
    assert package[Paper.SUBMISSION_LETTER].attachment_id == old.id
    assert package[Paper.SUBMISSION_LIST].state is PaperState.THERE
    assert package[Paper.SUBMISSION_LIST].attachment_id == new.id
    assert package[Paper.COMMENT_TABLE].state is PaperState.MISSING
    assert package[Paper.COMMENT_TABLE].made_here
    assert package[Paper.STANDARD_BODY].is_text
