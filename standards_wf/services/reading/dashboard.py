"""The figures that everybody may know: by kind, by phase, by year, by area, and the targets of the plan."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project
from standards_wf.services.reading.cases import KNOWN
from standards_wf.services.reading.documents import OUT
from standards_wf.services.reading.framework import Branch, TargetShown, framework_page
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Kind, Phase, Stage

PHASES = (Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL)
"""Before a plan is published, a project is nobody's business but its people's."""
STATES = (
    Stage.PUBLISHED,
    Stage.IN_FORCE,
    Stage.UNDER_REVIEW,
    Stage.ABOLITION_NOTICE,
    Stage.SUPERSEDED,
    Stage.ABOLISHED,
)


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind: its documents by state, and its projects by phase."""

    kind: Kind
    states: tuple[tuple[Stage, int], ...]
    phases: tuple[tuple[Phase, int], ...]

    @property
    def documents(self) -> int:
        """All that came out."""
        return sum(number for _, number in self.states)

    @property
    def projects(self) -> int:
        """All that are known to be under way."""
        return sum(number for _, number in self.phases)


@dataclass(frozen=True, slots=True)
class YearRow:
    """What came out in a year, by kind."""

    year: int
    kinds: tuple[tuple[Kind, int], ...]

    @property
    def total(self) -> int:
        """All of the year."""
        return sum(number for _, number in self.kinds)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area of the framework: how many of its nodes have documents or projects."""

    code: str
    name: str
    nodes: int
    covered: int
    documents: int
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All public figures."""

    kinds: tuple[KindRow, ...]
    years: tuple[YearRow, ...]
    areas: tuple[AreaRow, ...]
    targets: tuple[TargetShown, ...]
    rounds: int
    comments: int

    @property
    def documents(self) -> int:
        """All that came out."""
        return sum(row.documents for row in self.kinds)

    @property
    def projects(self) -> int:
        """All that are known to be under way."""
        return sum(row.projects for row in self.kinds)

    @property
    def phases(self) -> tuple[tuple[Phase, int], ...]:
        """The projects of all kinds, by phase."""
        return tuple((phase, sum(dict(row.phases)[phase] for row in self.kinds)) for phase in PHASES)


def dashboard(session: Session) -> Dashboard:
    """The public figures: the same few queries whatever is counted."""
    states: Counter[tuple[Kind, Stage]] = Counter()
    years: Counter[tuple[int, Kind]] = Counter()
    for kind, stage, published_on in session.execute(
        select(Project.kind, Project.stage, Publication.published_on)
        .join(Publication, Publication.project_id == Project.id)
        .where(OUT)
    ):
        states[kind, stage] += 1
        years[published_on.year, kind] += 1
    phases: Counter[tuple[Kind, Phase]] = Counter()
    for kind, stage, number in session.execute(
        select(Project.kind, Project.stage, func.count()).where(KNOWN).group_by(Project.kind, Project.stage)
    ):
        phases[kind, STAGES[stage].phase] += number
    rounds, comments = session.execute(
        select(
            select(func.count(ConsultationRound.id)).where(ConsultationRound.members_only.is_(False)).scalar_subquery(),
            select(func.count(Comment.id))
            .join(ConsultationRound, ConsultationRound.id == Comment.round_id)
            .where(ConsultationRound.members_only.is_(False))
            .scalar_subquery(),
        )
    ).one()
    framework = framework_page(session)
    span = sorted({year for year, _ in years})
    return Dashboard(
        kinds=tuple(
            KindRow(
                kind,
                tuple((stage, states[kind, stage]) for stage in STATES),
                tuple((phase, phases[kind, phase]) for phase in PHASES),
            )
            for kind in Kind
        ),
        years=tuple(
            YearRow(year, tuple((kind, years[year, kind]) for kind in Kind))
            for year in (range(span[0], span[-1] + 1) if span else ())
        ),
        areas=tuple(_area(section) for root in framework.roots for section in root.children),
        targets=framework.targets,
        rounds=rounds,
        comments=comments,
    )


def _area(branch: Branch) -> AreaRow:
    leaves = _leaves(branch)
    return AreaRow(
        code=branch.code,
        name=branch.name,
        nodes=len(leaves),
        covered=sum(1 for leaf in leaves if leaf.counts.total),
        documents=sum(branch.counts.documents.values()),
        projects=branch.counts.projects,
    )


def _leaves(branch: Branch) -> tuple[Branch, ...]:
    """The nodes that work is done at: those without nodes below them."""
    if not branch.children:
        return (branch,)
    return tuple(leaf for child in branch.children for leaf in _leaves(child))
