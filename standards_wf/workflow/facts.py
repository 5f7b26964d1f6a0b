"""What the guards look at: frozen facts about one project at one moment, gathered before anybody decides.

Facts come in aspects, because an act should not pay for questions that its guards do not ask. An aspect that was
not gathered is `None`, and a guard that looks at it all the same fails loudly instead of guessing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from standards_wf.workflow.deadlines import Suspension
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import (
    Authorship,
    Conclusion,
    Kind,
    MetrologyCategory,
    Paper,
    ReviewMode,
    Role,
    Stage,
)


class Aspect(StrEnum):
    """A part of the facts that can be gathered by itself."""

    APPLICATION = "application"
    APPRAISAL = "appraisal"
    PLAN = "plan"
    DRAFTS = "drafts"
    PAPERS = "papers"
    CONSULTATION = "consultation"
    COMMENTS = "comments"
    REVIEW = "review"
    PUBLICATION = "publication"
    NOTICE = "notice"
    PERIODIC_REVIEW = "periodic_review"
    SUCCESSION = "succession"
    AUTHORSHIP = "authorship"


class NotGathered(LookupError):
    """A guard looked at an aspect that it does not declare: a mistake in the code, never in the case."""


Gathered = TypeVar("Gathered")


def known(aspect: Gathered | None) -> Gathered:
    """The aspect, which the guard has declared and which therefore was gathered.

    Raises NotGathered.
    """
    if aspect is None:
        raise NotGathered
    return aspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who is concerned by a project, by identity; a person's roles follow from it."""

    project_id: int
    proposer_id: int | None = None
    authority_id: int | None = None
    competent_department_id: int | None = None
    group_id: int | None = None
    committee_id: int | None = None
    drafting_unit_ids: frozenset[int] = frozenset()


class ScopeKind(StrEnum):
    """For what a role is held."""

    SYSTEM = "system"
    ORGANIZATION = "organization"
    COMMITTEE = "committee"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody holds today, and for what."""

    role: Role
    scope: ScopeKind
    scope_id: int | None = None
    on_behalf_of: int | None = None
    """Whose role it is, where somebody holds it as a deputy."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """The role in which somebody acts in one project, and for whom, where it is the role of somebody else."""

    role: Role
    on_behalf_of: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person with the roles held today, the clock, or a visitor."""

    person_id: int | None = None
    name: str = ""
    organization_id: int | None = None
    grants: frozenset[Grant] = frozenset()
    is_system: bool = False

    @property
    def is_administrator(self) -> bool:
        """Whether this person keeps the installation; that alone gives no say in any case."""
        return Grant(Role.ADMINISTRATOR, ScopeKind.SYSTEM) in self.grants

    @property
    def is_deputy(self) -> bool:
        """Whether this person may act for somebody else today, wherever that is."""
        return any(grant.on_behalf_of is not None for grant in self.grants)

    def roles_in(self, parties: Parties) -> frozenset[Role]:
        """The roles that this actor has in one project, those of a principal among them."""
        return frozenset(capacity.role for capacity in self._capacities_in(parties))

    def own_roles_in(self, parties: Parties) -> frozenset[Role]:
        """The roles that this actor has in one project without acting for anybody."""
        return frozenset(each.role for each in self._capacities_in(parties) if each.on_behalf_of is None)

    def capacity_in(self, parties: Parties, roles: Iterable[Role]) -> Capacity | None:
        """In what capacity this actor does what one of these roles may do; `None` for somebody who may not.

        Whoever has one of them himself acts for nobody. Among several the order of the roles decides.
        """
        held = self._capacities_in(parties)
        wanted = [Capacity(role) for role in roles]
        lent = (
            each
            for role in (capacity.role for capacity in wanted)
            for each in sorted(held, key=lambda capacity: capacity.on_behalf_of or 0)
            if each.role is role
        )
        return next((each for each in wanted if each in held), None) or next(lent, None)

    def _capacities_in(self, parties: Parties) -> frozenset[Capacity]:
        if self.is_system:
            return frozenset({Capacity(Role.SYSTEM)})
        held = {Capacity(grant.role, grant.on_behalf_of) for grant in self.grants if _concerns(grant, parties)}
        if self.person_id is not None and self.person_id == parties.proposer_id:
            held.add(Capacity(Role.PROPOSER))
        return frozenset(held | {Capacity(Role.PUBLIC)})


PARTY_OF_ROLE = {
    Role.AUTHORITY: "authority_id",
    Role.COMPETENT_DEPARTMENT: "competent_department_id",
    Role.GROUP_SECRETARIAT: "group_id",
}
"""For which party of a project a role that is held for an organisation counts."""


def _concerns(grant: Grant, parties: Parties) -> bool:
    if grant.role is Role.SYSTEM:
        return False  # only the clock itself acts as the clock, whatever somebody was granted
    match grant.scope:
        case ScopeKind.SYSTEM:
            return grant.role is Role.ADMINISTRATOR
        case ScopeKind.PROJECT:
            return grant.scope_id == parties.project_id
        case ScopeKind.COMMITTEE:
            return grant.scope_id is not None and grant.scope_id == parties.committee_id
        case ScopeKind.ORGANIZATION:
            if grant.role is Role.DRAFTER:
                return grant.scope_id in parties.drafting_unit_ids
            party = PARTY_OF_ROLE.get(grant.role)
            return party is not None and grant.scope_id is not None and grant.scope_id == getattr(parties, party)


SYSTEM_ACTOR = Actor(name="system", is_system=True)
VISITOR = Actor()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What the application form says (立项申报书)."""

    title_zh: str = ""
    title_en: str = ""
    framework_node: str = ""
    category: MetrologyCategory | None = None
    purpose: str = ""
    necessity: str = ""
    scope: str = ""
    technical_content: str = ""
    relation_to_laws: str = ""
    drafting_units: tuple[str, ...] = ()
    contact: str = ""
    proposed_months: int | None = None
    is_revision: bool = False
    replaces: str = ""
    signed_form_attached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalFacts:
    """The appraisal of the application (立项论证), as far as it is recorded."""

    held_on: date | None = None
    experts: tuple[tuple[str, str], ...] = ()
    """Each expert's name and unit."""
    in_favour: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """The entry in the published plan, and how often its completion date was moved."""

    completes_on: date | None = None
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """One version of the text: its number in the project, and what reading it gave."""

    number: int
    clauses: int
    errors: int
    has_docx: bool = True
    has_pdf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsFacts:
    """The latest text of each draft stage that some guard asks for."""

    consultation: DraftFacts | None = None
    review: DraftFacts | None = None
    publication: DraftFacts | None = None
    last_round_draft: int | None = None
    """Number of the draft of the last consultation round, if there was one."""
    marks_missing: tuple[str, ...] = ()
    """Number and dates of the prepared publication that the text to be published does not bear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersFacts:
    """Which papers are attached or generated, and whether each is recent enough."""

    current: frozenset[Paper] = frozenset()
    outdated: frozenset[Paper] = frozenset()
    note_headings_empty: tuple[str, ...] | None = None
    """Headings of the explanatory note that are not filled in; `None` while there is no note at all."""
    adopts_foreign_text: bool = False
    body: Paper = Paper.STANDARD_BODY
    review_mode: ReviewMode = ReviewMode.MEETING


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """The consultation round that runs or ran last."""

    number: int = 0
    opens_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsFacts:
    """How many comments of all rounds there are, and what they still lack."""

    received: int = 0
    without_disposition: int = 0
    without_reason: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """The review that runs or ran last, its ballot and its minutes."""

    mode: ReviewMode | None = None
    papers_sent_on: date | None = None
    held_on: date | None = None
    """The day of the meeting, or the last day of the letter ballot."""
    ballot_opened: bool = False
    ballot_closed: bool = False
    entitled: int = 0
    drafters_entitled: int = 0
    entitled_from_drafting_units: int = 0
    votes_cast: int = 0
    votes_for: int = 0
    minutes_recorded: bool = False
    signatures_missing: tuple[str, ...] = ()
    """Names of the attending experts (for a letter ballot: of the secretary) who have not signed."""
    papers_of_votes_missing: int = 0
    """Votes without their ballot paper. A vote cast in the system is its own paper, so there are none as yet."""
    failed_before: int = 0
    objections: int = 0
    objections_unanswered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFacts:
    """The publication as it is prepared or recorded: number and dates."""

    number: str = ""
    holders_of_serial: tuple[str, ...] = ()
    """Numbers of other documents with the same serial, the replaced document apart."""
    replaced_number: str = ""
    series_now: str = ""
    """The prefix that the project numbers with, where the number prepared is no longer one of it."""
    approved_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    gap_reason: str = ""
    partners_not_in_favour: tuple[str, ...] = ()
    """The authorities of the partners of a joint project that have not decided in favour of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """The public notice that runs or ran last: before approval, or before abolition."""

    opened_on: date | None = None
    objections_unanswered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReviewFacts:
    """The opinion of the periodic review that runs."""

    conclusion: Conclusion | None = None
    grounds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionFacts:
    """The document that replaces this one, if it came into force."""

    successor_in_force: str = ""
    successor_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorshipFacts:
    """Whose text it is: everybody who has a part in it, and which."""

    authors: frozenset[tuple[int, Authorship]] = frozenset()

    def of(self, person_id: int | None) -> tuple[Authorship, ...]:
        """What makes the text this person's own; nothing where it is not."""
        return tuple(part for part in Authorship if (person_id, part) in self.authors)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """All that is known of a project when somebody asks to act; an aspect is `None` until gathered."""

    kind: Kind
    stage: Stage
    today: date
    rules: Rules
    parties: Parties
    suspensions: tuple[Suspension, ...] = ()
    """The times in which the project rested; of the last one the end is open while it rests."""
    fields: ActFields = field(default_factory=ActFields)
    application: Application | None = None
    appraisal: AppraisalFacts | None = None
    plan: PlanFacts | None = None
    drafts: DraftsFacts | None = None
    papers: PapersFacts | None = None
    consultation: RoundFacts | None = None
    comments: CommentsFacts | None = None
    review: ReviewFacts | None = None
    publication: PublicationFacts | None = None
    notice: NoticeFacts | None = None
    periodic_review: PeriodicReviewFacts | None = None
    succession: SuccessionFacts | None = None
    authorship: AuthorshipFacts | None = None

    @property
    def suspended(self) -> Suspension | None:
        """The suspension that runs, if the project rests now."""
        return next((each for each in self.suspensions if each.until is None), None)
