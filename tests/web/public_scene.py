"""What the public finds, put there by hand: documents that came out, rounds of consultation, notices."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.blocks import blocks_as_json
from standards_wf.documents.clauses import Formula, Table
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Notice, NoticeKind, Publication, Replacement
from standards_wf.models.drafts import DraftClause, DraftVersion
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.indexing import rebuild
from standards_wf.services.storage import FileStore, keep
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import DraftStage, Kind, Stage
from tests.support.scene import Scene

PHRASE = "示值误差不应超过最大允许误差"
_serials = count(9001)


@dataclass(frozen=True, slots=True)
class PublicScene:
    """Puts things where the public finds them."""

    session: Session
    scene: Scene
    store: FileStore
    moment: Moment

    def project(
        self, kind: Kind = Kind.LOCAL_STANDARD, stage: Stage = Stage.SUGGESTED, title: str = "充电桩能效"
    ) -> int:
        """A case at a stage; how it came there is not asked here."""
        with unit_of_work(self.session):
            project = self.scene.file_suggestion(self.session, kind, moment=self.moment, title=title)
            project.title_en = f"On {project.id}"
            project.scope = "本文件适用于充电桩。"
            project.stage = stage
            return project.id

    def plan(self, project_id: int) -> None:
        """Enter the project in the published plan."""
        with unit_of_work(self.session):
            project = self.session.get_one(Project, project_id)
            plan = ProjectPlan(
                publisher_id=project.group_id or project.authority_id,
                kind=project.kind,
                year=self.moment.day.year,
                published_on=self.moment.day,
            )
            self.session.add(plan)
            self.session.flush()
            self.session.add(
                PlanEntry(
                    project_id=project_id,
                    plan_id=plan.id,
                    number=f"2025-{project_id}",
                    project_name="充电桩",
                    applicant="示例",
                    drafting_unit="示例",
                    published_on=self.moment.day,
                    completes_on=self.moment.day + timedelta(days=300),
                )
            )

    def draft(self, project_id: int, stage: DraftStage) -> int:
        """A version of the text: a chapter, a clause with a table and a formula, and an annex."""
        with unit_of_work(self.session):
            content = f"docx {project_id} {stage}".encode()
            sha256 = keep(self.session, self.store, content, "application/octet-stream", moment=self.moment)
            draft = DraftVersion(
                project_id=project_id,
                number=1 if stage is DraftStage.CONSULTATION else 2,
                draft_stage=stage,
                docx_sha256=sha256,
                filename="文稿.docx",
                clauses_read=3,
                errors_found=0,
                findings="[]",
                attached_at=self.moment.at,
                attached_seq=1,
            )
            self.session.add(draft)
            self.session.flush()
            table = Table((("项目", "限值"), ("示值误差", "±1 %")), "表1 限值")
            for position, (kind, label, title, anchor, blocks) in enumerate(
                (
                    ("chapter", "1", "范围", "c1", ("本文件规定了充电桩的要求。",)),
                    ("clause", "4.1", "示值误差", "c4.1", (f"充电桩的{PHRASE}。", table, Formula("E = W / W0", "1"))),
                    ("annex", "A", "记录格式", "cA", ("记录表。",)),
                )
            ):
                self.session.add(
                    DraftClause(
                        draft_id=draft.id,
                        position=position,
                        kind=kind,
                        level=2 if "." in label else 1,
                        label=label,
                        title=title,
                        anchor=anchor,
                        text=str(blocks[0]),
                        blocks=blocks_as_json(blocks),
                        annex_kind="informative" if kind == "annex" else "",
                    )
                )
            return draft.id

    def document(
        self,
        kind: Kind = Kind.LOCAL_STANDARD,
        stage: Stage = Stage.IN_FORCE,
        number: str = "",
        title: str = "充电桩能效评价规范",
        published_on: date | None = None,
    ) -> str:
        """A document that came out; answers its address."""
        project_id = self.project(kind, stage, title)
        draft_id = self.draft(project_id, DraftStage.PUBLICATION)
        day = published_on or self.moment.day - timedelta(days=200)
        prefix = {Kind.GROUP_STANDARD: "T/SLXH", Kind.METROLOGY_SPECIFICATION: "JJF(沪)"}.get(kind, "DB31/T")
        read = read_number(number or f"{prefix} {next(_serials)}—{day.year}")
        with unit_of_work(self.session):
            self.session.add(
                Publication(
                    project_id=project_id,
                    number=str(read),
                    number_key=read.key,
                    slug=read.slug,
                    series=read.prefix,
                    serial=read.serial,
                    keeps_serial=self._is_another_edition(read.prefix, read.serial),
                    approved_on=day,
                    published_on=day,
                    effective_on=day + timedelta(days=90),
                    draft_id=draft_id,
                    published_at=self.moment.at,
                )
            )
        return read.slug

    def _is_another_edition(self, series: str, serial: str) -> bool:
        return self.session.query(Publication).filter_by(series=series, serial=serial).count() > 0

    def replace(self, newer: str, older: str) -> None:
        """Say that one document replaces another."""
        with unit_of_work(self.session):
            of = {row.slug: row for row in self.session.query(Publication)}
            self.session.add(
                Replacement(
                    project_id=of[newer].project_id,
                    replaced_number=of[older].number,
                    replaced_project_id=of[older].project_id,
                )
            )

    def consultation(self, *, days: int = 30, members_only: bool = False, title: str = "充电桩能效评价") -> int:
        """A round of consultation that closes in so many days, or closed so many days ago."""
        kind = Kind.GROUP_STANDARD if members_only else Kind.LOCAL_STANDARD
        project_id = self.project(kind, Stage.CONSULTATION if days >= 0 else Stage.RESOLUTION, title)
        draft_id = self.draft(project_id, DraftStage.CONSULTATION)
        closes_on = self.moment.day + timedelta(days=days)
        with unit_of_work(self.session):
            held = ConsultationRound(
                project_id=project_id,
                number=1,
                draft_id=draft_id,
                opens_on=closes_on - timedelta(days=40),
                closes_on=closes_on,
                closed_on=None if days >= 0 else closes_on + timedelta(days=1),
                members_only=members_only,
                public_interest_untouched=members_only,
            )
            self.session.add(held)
            self.session.flush()
            return held.id

    def notice(self, project_id: int, *, days: int = 7) -> int:
        """A notice before approval that ends in so many days."""
        with unit_of_work(self.session):
            held = Notice(
                project_id=project_id,
                kind=NoticeKind.BEFORE_APPROVAL,
                opened_on=self.moment.day - timedelta(days=20),
                ends_on=self.moment.day + timedelta(days=days),
            )
            self.session.add(held)
            self.session.flush()
            return held.id

    def title(self, project_id: int) -> str:
        """The title of a project."""
        return self.session.get_one(Project, project_id).title_zh

    def index(self, backend: object) -> None:
        """Bring the search index up to date."""
        self.session.rollback()
        rebuild(self.session, backend)  # type: ignore[arg-type]
        self.session.rollback()
