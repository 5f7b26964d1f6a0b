"""Papers made from what is recorded, kept by content, brought by people, and listed as a package."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.bearing import bears, fold, folded_text
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.missing import MissingValues
from standards_wf.documents.reading import read_clauses
from standards_wf.errors import Invalid
from standards_wf.models.drafts import Attachment
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import ExplanatoryNote, PlanEntry, Project, ProjectDrafter
from standards_wf.models.reviews import Review
from standards_wf.services.access import actor_of
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.papers import (
    generate,
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
    Disposition,
    DraftStage,
    Kind,
    MetrologyCategory,
    Paper,
    Position,
    ReviewMode,
    Stage,
)
from tests.services.cases import Case, act, make_case
from tests.services.paper_hands import comment_on, made, queries, says, with_text
from tests.services.texts import bring, docx_of, text_for

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
        "增加了碳排放的计算方法；",
        "更改了记录要求。",
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
        plan = ProjectPlan(
            publisher_id=session.get_one(Project, case.project_id).authority_id,
            kind=kind,
            year=2025,
            published_on=date(2025, 1, 2),
        )
        session.add(plan)
        session.flush()
        session.add(
            PlanEntry(
                project_id=case.project_id,
                plan_id=plan.id,
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
