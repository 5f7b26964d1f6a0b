"""What the register counts of one year, for one sort of cases: real ones, or those of the demonstration."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from standards_wf.models.amendments import Amendment
from standards_wf.models.documents import Filing, Publication
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.joint import JointPartner
from standards_wf.models.organizations import Committee
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.plans import ProjectCall, ProjectPlan
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.reading.stays import UsualTime, usual
from standards_wf.workflow.deadlines import between
from standards_wf.workflow.vocabulary import Action, Event, Kind, MetrologyCategory, PartnerDecision, Role, Stage

_OF_COMMITTEES = (Role.COMMITTEE_CHAIR, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER)
ByKind = Mapping[Kind, int]


class YearCounts:
    """The register, asked about one year."""

    def __init__(self, session: Session, year: int, *, of_demonstration: bool) -> None:
        self._session = session
        self._first, self._last = date(year, 1, 1), date(year, 12, 31)
        self._sort = Project.is_demonstration.is_(of_demonstration)
        self._of_demonstration = of_demonstration
        self._events = self._pairs(
            select(LifecycleEvent.action, Project.kind, func.count())
            .join(Project, Project.id == LifecycleEvent.project_id)
            .where(self._sort, self._within(LifecycleEvent.on_day))
            .group_by(LifecycleEvent.action, Project.kind)
        )
        last = (
            select(LifecycleEvent.project_id, func.max(LifecycleEvent.seq).label("seq"))
            .where(LifecycleEvent.on_day <= self._last)
            .group_by(LifecycleEvent.project_id)
            .subquery()
        )
        self._stages = self._pairs(
            select(LifecycleEvent.to_stage, Project.kind, func.count())
            .join(last, (last.c.project_id == LifecycleEvent.project_id) & (last.c.seq == LifecycleEvent.seq))
            .join(Project, Project.id == LifecycleEvent.project_id)
            .where(self._sort)
            .group_by(LifecycleEvent.to_stage, Project.kind)
        )

    def _pairs(self, asked: Select[*tuple[Any, ...]]) -> Counter[tuple[str, Kind]]:
        return Counter({(str(code), kind): number for code, kind, number in self._session.execute(asked)})

    def _within(self, day: Any) -> ColumnElement[bool]:  # noqa: ANN401  a column of days, of whatever table
        within: ColumnElement[bool] = day.between(self._first, self._last)
        return within

    def _number(self, counted: Any, *where: ColumnElement[bool]) -> int:  # noqa: ANN401  a column of whatever type
        return self._session.scalar(select(func.count(counted.distinct())).where(*where)) or 0

    def _by_kind(self, asked: Select[*tuple[Any, ...]]) -> ByKind:
        found: Counter[Kind] = Counter()
        for kind, number in self._session.execute(asked):
            found[kind] += number
        return {kind: found[kind] for kind in Kind}

    def happened(self, *actions: Action | Event) -> ByKind:
        """How often one of these was done in the year."""
        return {kind: sum(self._events[action.value, kind] for action in actions) for kind in Kind}

    def standing(self, *stages: Stage) -> ByKind:
        """How many cases stood at one of these stages when the year ended."""
        return {kind: sum(self._stages[stage.value, kind] for stage in stages) for kind in Kind}

    def calls(self) -> int:
        """The calls published in the year."""
        return self._number(
            ProjectCall.id,
            self._within(ProjectCall.published_on),
            ProjectCall.is_demonstration.is_(self._of_demonstration),
        )

    def plans(self) -> ByKind:
        """The plans published in the year."""
        return self._by_kind(
            select(ProjectPlan.kind, func.count())
            .where(self._within(ProjectPlan.published_on), ProjectPlan.is_demonstration.is_(self._of_demonstration))
            .group_by(ProjectPlan.kind)
        )

    def planned(self) -> ByKind:
        """The projects that entered a plan in the year."""
        return self._by_kind(
            select(Project.kind, func.count())
            .join(PlanEntry, PlanEntry.project_id == Project.id)
            .where(self._sort, self._within(PlanEntry.published_on))
            .group_by(Project.kind)
        )

    def amendments(self) -> ByKind:
        """The amendment sheets and corrections published in the year."""
        return self._by_kind(
            select(Project.kind, func.count())
            .join(Amendment, Amendment.project_id == Project.id)
            .where(self._sort, self._within(Amendment.published_on))
            .group_by(Project.kind)
        )

    def filed(self, *, late: bool) -> int:
        """The filings of the year, in time or late."""
        return self._number(
            Filing.id,
            Filing.project_id == Project.id,
            self._sort,
            self._within(Filing.filed_on),
            Filing.late.is_(late),
        )

    def associations(self) -> int:
        """The associations that published a document in the year."""
        return self._number(Project.group_id, self._sort, Project.id == Publication.project_id, self._came_out())

    def _came_out(self) -> ColumnElement[bool]:
        return Publication.published_at.is_not(None) & self._within(Publication.published_on)

    def committees(self) -> int:
        """The committees whose term ran when the year ended."""
        return self._number(
            Committee.id,
            Committee.is_demonstration.is_(self._of_demonstration),
            Committee.term_from.is_(None) | (Committee.term_from <= self._last),
            Committee.term_to.is_(None) | (Committee.term_to >= self._last),
        )

    def people_of_committees(self) -> int:
        """How many people belonged to a committee when the year ended."""
        return self._number(
            RoleGrant.person_id,
            RoleGrant.person_id == Person.id,
            RoleGrant.role.in_(_OF_COMMITTEES),
            RoleGrant.valid_from <= self._last,
            RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to >= self._last),
            Person.is_demonstration.is_(self._of_demonstration),
        )

    def joint_begun(self) -> int:
        """The projects with partners in other provinces that began in the year."""
        return self._number(
            JointPartner.project_id,
            JointPartner.project_id == Project.id,
            self._sort,
            LifecycleEvent.project_id == Project.id,
            LifecycleEvent.seq == 1,
            self._within(LifecycleEvent.on_day),
        )

    def joint_published(self) -> int:
        """The documents with partners in other provinces that came out in the year."""
        return self._number(
            JointPartner.project_id,
            JointPartner.project_id == Project.id,
            self._sort,
            Publication.project_id == Project.id,
            self._came_out(),
        )

    def partners_agreed(self) -> int:
        """The decisions in favour that partners took in the year."""
        return self._number(
            JointPartner.id,
            JointPartner.project_id == Project.id,
            self._sort,
            JointPartner.decision == PartnerDecision.IN_FAVOUR,
            self._within(JointPartner.decided_on),
        )

    def adopted(self) -> int:
        """The documents of the year that adopt a foreign text."""
        return self._number(
            Project.id,
            self._sort,
            Project.adopts_foreign_text.is_(True),
            Publication.project_id == Project.id,
            self._came_out(),
        )

    def nodes(self) -> tuple[tuple[str, str, ByKind], ...]:
        """The documents of the year at each node of the framework, in the plan's order; without a node last."""
        found: dict[tuple[str, str], Counter[Kind]] = {}
        asked = (
            select(FrameworkNode.code, FrameworkNode.name, Project.kind, func.count())
            .select_from(Project)
            .join(Publication, Publication.project_id == Project.id)
            .outerjoin(FrameworkNode, FrameworkNode.code == Project.framework_node)
            .where(self._sort, self._came_out())
            .group_by(FrameworkNode.code, FrameworkNode.name, FrameworkNode.position, Project.kind)
            .order_by(FrameworkNode.position.is_(None), FrameworkNode.position)
        )
        for code, name, kind, number in self._session.execute(asked):
            found.setdefault((code or "", name or ""), Counter())[kind] += number
        return tuple((code, name, {kind: kinds[kind] for kind in Kind}) for (code, name), kinds in found.items())

    def categories(self) -> Mapping[MetrologyCategory, int]:
        """The metrology specifications of the year by category."""
        asked = (
            select(Project.category, func.count())
            .join(Publication, Publication.project_id == Project.id)
            .where(self._sort, self._came_out(), Project.category.is_not(None))
            .group_by(Project.category)
        )
        found = {category: number for category, number in self._session.execute(asked) if category is not None}
        return {category: found[category] for category in MetrologyCategory if category in found}

    def times(self) -> Mapping[Kind, UsualTime]:
        """Days from the plan to the document, for what came out in the year."""
        days: dict[Kind, list[int]] = {kind: [] for kind in Kind}
        asked = (
            select(Project.kind, PlanEntry.published_on, Publication.published_on)
            .join(PlanEntry, PlanEntry.project_id == Project.id)
            .join(Publication, Publication.project_id == Project.id)
            .where(self._sort, self._came_out())
        )
        for kind, planned_on, published_on in self._session.execute(asked):
            days[kind].append(max(0, between(planned_on, published_on)))
        return {kind: usual(found) for kind, found in days.items()}

    def years(self) -> tuple[int, ...]:
        """From the first year of which there is anything to tell to the last, the latest first."""
        days: Sequence[date | None] = self._session.execute(
            select(func.min(LifecycleEvent.on_day), func.max(LifecycleEvent.on_day))
            .join(Project, Project.id == LifecycleEvent.project_id)
            .where(self._sort)
        ).one()
        first, last = days
        return tuple(range(last.year, first.year - 1, -1)) if first is not None and last is not None else ()
