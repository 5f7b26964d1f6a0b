"""A throw-away installation with cases that were never anybody's: what the benchmarks measure on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from standards_wf.bench.corpus import MadeClause, clauses_of, number_of, title_of
from standards_wf.clock import Moment
from standards_wf.installation import Workplace
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import DraftClause, DraftVersion, StoredFile
from standards_wf.models.migrating import upgrade
from standards_wf.models.organizations import OrganizationKind
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import ExplanatoryNote, PlanEntry, Project, ProjectUnit
from standards_wf.services.administration import (
    CreateCommittee,
    CreateOrganization,
    GrantRole,
    create_committee,
    create_organization,
    grant_role,
)
from standards_wf.services.people import OPERATOR, CreatePerson, create_person
from standards_wf.services.record import GENESIS, Happening, append
from standards_wf.services.reference_data import load_reference_data
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.settings import Settings, create_instance
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import (
    CommentType,
    Disposition,
    DraftStage,
    Event,
    Kind,
    Role,
    Stage,
)

LOGIN, PASSWORD = "bench", "a throw-away password"  # of an installation that is gone in a minute
NODE = "M2.1"
COMMENTS, EVENTS = 20, 20
_BEGUN = Moment(datetime(2025, 6, 2, 1, 0, tzinfo=UTC), date(2025, 6, 2))


@dataclass(frozen=True, slots=True)
class ThrowAway:
    """An installation in a temporary folder: everybody's part is played by one person."""

    settings: Settings
    workplace: Workplace
    person_id: int
    department_id: int
    authority_id: int
    committee_id: int

    @property
    def moment(self) -> Moment:
        """The day on which everything happens here."""
        return _BEGUN

    def generate(self, stage: Stage, count: int) -> list[int]:
        """So many local standards that stand ready at this stage, each with what a case has by then."""
        with self.workplace.sessions() as session, unit_of_work(session):
            return [self._case(session, stage, place) for place in range(count)]

    def publish(self, count: int) -> None:
        """So many documents in force, each with its clauses."""
        with self.workplace.sessions() as session, unit_of_work(session):
            for place in range(count):
                project = self._project(session, Stage.IN_FORCE, title_of(place))
                read = read_number(number_of(place))
                session.add(
                    Publication(
                        project_id=project.id,
                        number=str(read),
                        number_key=read.key,
                        slug=read.slug,
                        series=read.prefix,
                        serial=read.serial,
                        approved_on=_BEGUN.day,
                        published_on=_BEGUN.day,
                        effective_on=_BEGUN.day,
                        published_at=_BEGUN.at,
                        draft_id=self._text(session, project, 1, DraftStage.PUBLICATION, clauses_of(place)),
                    )
                )

    def _case(self, session: Session, stage: Stage, place: int) -> int:
        project = self._project(session, stage, f"公共机构碳计量器具配备和管理规范 第{place + 1}部分")
        if stage not in {Stage.SUGGESTED, Stage.APPLIED}:
            self._consulted(session, project)
        return project.id

    def _project(self, session: Session, stage: Stage, title: str) -> Project:
        project = Project(
            kind=Kind.LOCAL_STANDARD,
            stage=stage,
            stage_since=_BEGUN.at,
            created_at=_BEGUN.at,
            title_zh=title,
            title_en="Measuring instruments for carbon accounting",
            purpose="统一计量器具的配备要求。",
            necessity="目前没有统一的要求。",
            scope="本文件适用于公共机构。",
            technical_content="配备率、准确度等级、检定和校准周期。",
            relation_to_laws="与现行法律法规协调一致。",
            contact="bench@example.org",
            proposed_months=12,
            authority_id=self.authority_id,
            competent_department_id=self.department_id,
            committee_id=self.committee_id,
            framework_node=NODE,
            version=0,
            last_event_seq=0,
            head_hash=GENESIS,
        )
        session.add(project)
        session.flush()
        session.add(ProjectUnit(project_id=project.id, position=1, name="示例计量测试研究院"))
        self._record(session, project, 1 if stage in {Stage.SUGGESTED, Stage.APPLIED} else EVENTS)
        return project

    def _record(self, session: Session, project: Project, events: int) -> None:
        for _ in range(events):
            happening = Happening(action=Event.SUGGESTION_FILED, role=Role.SYSTEM, to_stage=project.stage)
            append(session, project, happening, actor=SYSTEM_ACTOR, moment=_BEGUN)
        session.flush()

    def _consulted(self, session: Session, project: Project) -> None:
        """The texts, the note, the round and its comments, all disposed of."""
        drafts = [
            self._text(session, project, number, stage, clauses_of(number))
            for number, stage in enumerate((DraftStage.CONSULTATION, DraftStage.REVIEW), start=1)
        ]
        session.add_all(
            ExplanatoryNote(project_id=project.id, heading=heading, text="说明。", changed_at=_BEGUN.at)
            for heading in headings_of(project.kind)
        )
        published_on = _BEGUN.day - timedelta(days=100)
        plan = ProjectPlan(
            publisher_id=project.authority_id, kind=project.kind, year=published_on.year, published_on=published_on
        )
        session.add(plan)
        session.flush()
        session.add(
            PlanEntry(
                project_id=project.id,
                plan_id=plan.id,
                number=f"计划-{project.id}",
                project_name=project.title_zh,
                applicant="示例部门",
                drafting_unit="示例计量测试研究院",
                published_on=published_on,
                completes_on=_BEGUN.day + timedelta(days=265),
            )
        )
        held = ConsultationRound(
            project_id=project.id,
            number=1,
            draft_id=drafts[0],
            opens_on=_BEGUN.day - timedelta(days=40),
            closes_on=_BEGUN.day - timedelta(days=8),
            closed_on=_BEGUN.day - timedelta(days=7),
        )
        session.add(held)
        session.flush()
        session.add_all(
            Comment(
                project_id=project.id,
                round_id=held.id,
                number=number,
                clause=str(number),
                type=CommentType.TECHNICAL,
                text="建议明确准确度等级的要求。",
                author=f"提出人{number}",
                received_at=_BEGUN.at,
                disposition=Disposition.ACCEPTED,
                disposed_at=_BEGUN.at,
            )
            for number in range(1, COMMENTS + 1)
        )

    @staticmethod
    def _text(
        session: Session, project: Project, number: int, stage: DraftStage, clauses: tuple[MadeClause, ...]
    ) -> int:
        content = hashlib.sha256(f"{project.id} {number}".encode()).hexdigest()
        session.add(StoredFile(sha256=content, size=1, media_type="text/plain", stored_at=_BEGUN.at))
        session.flush()
        draft = DraftVersion(
            project_id=project.id,
            number=number,
            draft_stage=stage,
            docx_sha256=content,
            filename=f"draft-{number}.docx",
            clauses_read=len(clauses),
            errors_found=0,
            findings="[]",
            attached_at=_BEGUN.at,
            attached_seq=number,
        )
        session.add(draft)
        session.flush()
        session.add_all(
            DraftClause(
                draft_id=draft.id,
                position=position,
                kind="chapter",
                level=1,
                label=clause.label,
                title=clause.title,
                anchor=f"c{clause.label}",
                text=clause.text,
            )
            for position, clause in enumerate(clauses, start=1)
        )
        return draft.id


@contextmanager
def throw_away() -> Iterator[ThrowAway]:
    """An installation on SQLite, as `make run` makes one, gone when the benchmark ends."""
    with TemporaryDirectory(prefix="standards-wf-bench-") as folder:
        environment = {"STANDARDS_WF_INSTANCE": str(Path(folder) / "instance")}
        create_instance(environment)
        settings = Settings.from_environment(environment)
        workplace = Workplace.of(settings)
        try:
            upgrade(workplace.engine)
            yield _peopled(settings, workplace)
        finally:
            workplace.engine.dispose()


def _peopled(settings: Settings, workplace: Workplace) -> ThrowAway:
    with workplace.sessions() as session, unit_of_work(session):
        load_reference_data(session, _BEGUN)
        authority, department = (
            create_organization(session, CreateOrganization(name=name, kind=kind), actor=OPERATOR, moment=_BEGUN)
            for name, kind in (
                ("示例主管机关", OrganizationKind.AUTHORITY),
                ("示例行业部门", OrganizationKind.DEPARTMENT),
            )
        )
        committee = create_committee(session, CreateCommittee(name="示例委员会"), actor=OPERATOR, moment=_BEGUN)
        person = create_person(
            session, CreatePerson(login=LOGIN, name="测量员", password=PASSWORD), actor=OPERATOR, moment=_BEGUN
        )
        made = ThrowAway(settings, workplace, person.id, department.id, authority.id, committee.id)
        _grant(session, made)
    return made


def _grant(session: Session, made: ThrowAway) -> None:
    for role, organization, committee in (
        (Role.AUTHORITY, made.authority_id, None),
        (Role.COMPETENT_DEPARTMENT, made.department_id, None),
        (Role.COMMITTEE_SECRETARY, None, made.committee_id),
    ):
        command = GrantRole(person_id=made.person_id, role=role, organization_id=organization, committee_id=committee)
        grant_role(session, command, actor=OPERATOR, moment=_BEGUN)
