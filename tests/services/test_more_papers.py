"""The forms of the procedure, each made from what a case recorded, for the kinds that know it."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.missing import MissingValues
from standards_wf.errors import Invalid
from standards_wf.models.amendments import AmendedClause, Amendment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Ending, Notice, NoticeKind, PeriodicReview, Publication
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import Appraisal, AppraisalExpert, PlanEntry, Project
from standards_wf.services.access import entrance_to
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.drafts import Upload
from standards_wf.services.facts import facts_of
from standards_wf.services.paper_contexts import FORMS
from standards_wf.services.papers import AttachPaper, attach_paper
from standards_wf.services.problems import PaperProblem
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, Aspect, known
from standards_wf.workflow.packages import belongs_to
from standards_wf.workflow.vocabulary import (
    AmendmentKind,
    Conclusion,
    Kind,
    Paper,
    Position,
    ReviewMode,
    Stage,
)
from tests.services.cases import Case, act, make_case
from tests.services.paper_hands import PDF, kept, made, says
from tests.services.texts import LIMITS

OLD = {
    Paper.EXPLANATORY_NOTE,
    Paper.COMMENT_TABLE,
    Paper.REVIEW_MINUTES,
    Paper.PUBLICATION_ANNOUNCEMENT,
}
NEW = [paper for paper in FORMS if paper not in OLD]
DAY = date(2025, 3, 3)


def full(session: Session, moment: Moment, kind: Kind) -> Case:
    """A case in which everything that any form tells is recorded."""
    case = make_case(session, moment, kind=kind, stage=Stage.REVIEW, mode=ReviewMode.LETTER)
    ballot = act(
        session,
        open_ballot,
        OpenBallot(project_id=case.project_id, closes_on=moment.day),
        person=case.secretary,
        moment=moment,
    )
    for place, voter in enumerate((case.chair, *case.members)):
        vote = CastVote(
            ballot_id=ballot.id,
            position=Position.AGAINST if place == 1 else Position.FOR,
            reason="时间偏紧" if place == 1 else "",
        )
        act(session, cast_vote, vote, person=voter, moment=moment)
    act(session, close_ballot, CloseBallot(ballot_id=ballot.id), person=case.secretary, moment=moment)
    with unit_of_work(session):
        _record(session, session.get_one(Project, case.project_id), moment)
    return case


def _record(session: Session, project: Project, moment: Moment) -> None:
    this = {"project_id": project.id}
    appraisal = Appraisal(
        **this, held_on=DAY, place="第一会议室", points="补充测算。", in_favour=True, recorded_at=moment.at
    )
    plan = ProjectPlan(
        publisher_id=project.group_id or project.authority_id, kind=project.kind, year=2025, published_on=DAY
    )
    amendment = Amendment(
        **this,
        kind=AmendmentKind.AMENDMENT,
        number=2,
        reason="与国家标准协调",
        prepared_at=moment.at,
        published_on=DAY,
        effective_on=DAY + timedelta(days=30),
    )
    session.add_all((appraisal, plan, amendment))
    session.flush()
    draft = session.query(DraftVersion).filter_by(**this).order_by(DraftVersion.number.desc()).first()
    assert draft is not None
    number = f"X {project.id}—2025"
    session.add_all(
        (
            AppraisalExpert(appraisal_id=appraisal.id, name="专家甲", unit="示范院（演示）", title="高级工程师"),
            PlanEntry(
                **this,
                plan_id=plan.id,
                number=f"2025-{project.id}",
                project_name=project.title_zh,
                applicant="申报的部门",
                drafting_unit="某院",
                published_on=DAY,
                completes_on=date(2026, 3, 3),
            ),
            ConsultationRound(**this, number=1, draft_id=draft.id, opens_on=DAY, closes_on=date(2025, 4, 7)),
            Publication(
                **this,
                number=number,
                number_key=number,
                slug=f"x-{project.id}",
                series="X",
                serial=str(project.id),
                approved_on=DAY,
                published_on=DAY,
                effective_on=DAY,
                announcement_number="2025年第9号",
            ),
            Notice(**this, kind=NoticeKind.BEFORE_APPROVAL, opened_on=DAY, ends_on=DAY + timedelta(days=15)),
            PeriodicReview(
                **this,
                number=1,
                opened_on=date(2028, 1, 4),
                conclusion=Conclusion.ABOLISH,
                grounds="技术已经淘汰",
                implementation="已无单位使用",
                concluded_on=date(2028, 6, 1),
            ),
            Ending(
                **this,
                how=Stage.ABOLISHED,
                ended_on=date(2028, 9, 1),
                announcement_number="2028年第3号",
                reason="技术已经淘汰",
                use_instead="GB/T 99999—2027",
            ),
            AmendedClause(amendment_id=amendment.id, position=1, clause="5.1", was="5 min", now="6 min"),
        )
    )


TOLD: dict[Paper, tuple[str, ...]] = {
    Paper.APPRAISAL_RECORD: ("第一会议室", "补充测算。", "专家甲", "☑建议立项"),
    Paper.PLAN_ANNOUNCEMENT: ("申报的部门", "2026-03-03", "2025年度"),
    Paper.CONSULTATION_NOTICE: ("2025年3月3日至2025年4月7日", "各有关单位和个人"),
    Paper.COMMENT_FORM: ("建议修改为", "2025年4月7日"),
    Paper.BALLOT_PAPER: ("函审单", "弃权"),
    Paper.BALLOT_CONCLUSION: ("9（占100.0%）", "8（占收回88.9%）", "时间偏紧"),
    Paper.REVIEW_COMMENT_TABLE: ("时间偏紧", "意见共1条，已答复处理0条。"),
    Paper.SUBMISSION_LETTER: ("2025年度", "函审结论表"),
    Paper.SUBMISSION_LIST: ("（缺）", "尚缺：报批函"),
    Paper.APPROVAL_FORM: ("2025-03-03至2025-04-07公开征求意见", "收到意见0条"),
    Paper.PUBLIC_NOTICE: ("公示期为15日", "2025年3月18日"),
    Paper.FILING_FORM: ("2025年第9号", "2025年5月2日前"),
    Paper.DISCLOSURE_FORM: ("2025年第9号", "自我声明"),
    Paper.REVIEW_OPINION: ("☑废止", "技术已经淘汰", "已无单位使用"),
    Paper.REVIEW_SUMMARY: ("2028年度", "共1项：继续有效0项，修订0项，废止1项。"),
    Paper.ABOLITION_ANNOUNCEMENT: ("2028年第3号", "2028年9月1日", "GB/T 99999—2027"),
    Paper.AMENDMENT_SHEET: ("第2号修改单", "5 min", "6 min"),
}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_form_of_a_kind_is_made_from_what_is_recorded_and_no_form_of_another(
    session: Session, moment: Moment, kind: Kind
) -> None:
    case = full(session, moment, kind)
    title = session.get_one(Project, case.project_id).title_zh

    for paper in NEW:
        if belongs_to(paper, kind):
            form = made(session, case, paper, moment)
            assert says(form, title, *TOLD.get(paper, ())), paper
        else:
            with pytest.raises(Invalid) as told:
                made(session, case, paper, moment)
            assert told.value.fields["paper"].code is PaperProblem.OF_ANOTHER_KIND


def test_each_kind_knows_its_own_forms() -> None:
    own = {kind: {paper for paper in Paper if belongs_to(paper, kind)} for kind in Kind}

    assert own[Kind.LOCAL_STANDARD] - own[Kind.GROUP_STANDARD] == {Paper.FILING_FORM}
    assert own[Kind.GROUP_STANDARD] - own[Kind.LOCAL_STANDARD] == {Paper.DISCLOSURE_FORM}
    assert own[Kind.METROLOGY_SPECIFICATION] - own[Kind.LOCAL_STANDARD] == {
        Paper.TASK_STATEMENT,
        Paper.TEST_REPORT,
        Paper.UNCERTAINTY_REPORT,
        Paper.PUBLIC_NOTICE,
    }


BEFORE_ANYTHING = {
    Paper.APPRAISAL_RECORD,
    Paper.PLAN_ANNOUNCEMENT,
    Paper.CONSULTATION_NOTICE,
    Paper.REVIEW_NOTICE,
    Paper.BALLOT_PAPER,
    Paper.BALLOT_CONCLUSION,
    Paper.REVIEW_COMMENT_TABLE,
    Paper.PUBLIC_NOTICE,
    Paper.REVIEW_OPINION,
    Paper.REVIEW_SUMMARY,
    Paper.ABOLITION_ANNOUNCEMENT,
    Paper.AMENDMENT_SHEET,
}


def test_a_form_whose_matter_has_not_come_up_names_what_is_missing(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, kind=Kind.METROLOGY_SPECIFICATION, stage=Stage.DRAFTING)

    for paper in (each for each in NEW if belongs_to(each, Kind.METROLOGY_SPECIFICATION)):
        if paper in BEFORE_ANYTHING:
            with pytest.raises(MissingValues):
                made(session, case, paper, moment)
        else:
            title = session.get_one(Project, case.project_id).title_zh
            assert says(made(session, case, paper, moment), title), paper


def test_a_form_that_is_to_be_filled_in_counts_once_somebody_has_brought_it(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, kind=Kind.METROLOGY_SPECIFICATION, stage=Stage.DRAFTING)
    kept(session, made(session, case, Paper.TEST_REPORT, moment), case.drafter, store, moment)
    kept(session, made(session, case, Paper.SUBMISSION_LETTER, moment), case.drafter, store, moment)

    def current() -> frozenset[Paper]:
        session.rollback()
        entrance = entrance_to(session, case.project_id, SYSTEM_ACTOR)
        return known(facts_of(session, entrance, (Aspect.PAPERS,), moment=moment).papers).current

    assert Paper.SUBMISSION_LETTER in current()
    assert Paper.TEST_REPORT not in current()

    brought = AttachPaper(project_id=case.project_id, paper=Paper.TEST_REPORT, upload=Upload("report.pdf", PDF))
    act(session, partial(attach_paper, store=store, limits=LIMITS), brought, person=case.drafter, moment=moment)
    assert Paper.TEST_REPORT in current()
