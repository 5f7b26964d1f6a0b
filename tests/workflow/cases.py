"""A project for which every question of the procedure is answered well, and the people around it."""

# ruff: noqa: ANN401  (a case names whichever facts differ, of whatever type)

import csv
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from standards_wf.workflow.facts import (
    SYSTEM_ACTOR,
    Actor,
    Application,
    AppraisalFacts,
    AuthorshipFacts,
    CommentsFacts,
    DraftFacts,
    DraftsFacts,
    Grant,
    NoticeFacts,
    PapersFacts,
    Parties,
    PeriodicReviewFacts,
    PlanFacts,
    ProjectFacts,
    PublicationFacts,
    ReviewFacts,
    RoundFacts,
    ScopeKind,
    SuccessionFacts,
)
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.rules import default_rules
from standards_wf.workflow.vocabulary import (
    Action,
    Authorship,
    Conclusion,
    Kind,
    MetrologyCategory,
    Paper,
    ReviewMode,
    Role,
    Stage,
)

LOCAL, GROUP, METROLOGY = Kind.LOCAL_STANDARD, Kind.GROUP_STANDARD, Kind.METROLOGY_SPECIFICATION
TODAY = date(2025, 6, 1)
PROCEDURE = Path(__file__).parent / "procedure"

PARTIES = Parties(
    project_id=1,
    proposer_id=7,
    authority_id=10,
    competent_department_id=20,
    group_id=30,
    committee_id=40,
    drafting_unit_ids=frozenset({50}),
)

_SCOPES = {
    Role.AUTHORITY: (ScopeKind.ORGANIZATION, 10),
    Role.COMPETENT_DEPARTMENT: (ScopeKind.ORGANIZATION, 20),
    Role.GROUP_SECRETARIAT: (ScopeKind.ORGANIZATION, 30),
    Role.DRAFTER: (ScopeKind.ORGANIZATION, 50),
    Role.COMMITTEE_SECRETARY: (ScopeKind.COMMITTEE, 40),
    Role.COMMITTEE_CHAIR: (ScopeKind.COMMITTEE, 40),
    Role.COMMITTEE_MEMBER: (ScopeKind.COMMITTEE, 40),
    Role.INVITED_EXPERT: (ScopeKind.PROJECT, 1),
    Role.ADMINISTRATOR: (ScopeKind.SYSTEM, None),
}


def somebody_as(role: Role) -> Actor:
    """Whoever has this role in the project, and no other beside that of the public."""
    if role is Role.SYSTEM:
        return SYSTEM_ACTOR
    if role is Role.PROPOSER:
        return Actor(person_id=7, name="提出人")
    if role is Role.PUBLIC:
        return Actor(person_id=99, name="路人")
    scope, scope_id = _SCOPES[role]
    return Actor(person_id=99, name=role.value, grants=frozenset({Grant(role, scope, scope_id)}))


APPLICATION = Application(
    title_zh="充电桩使用中校准规范",
    title_en="Calibration specification for chargers in service",
    framework_node="M1.2.2",
    category=MetrologyCategory.CALIBRATION_SPECIFICATION,
    purpose="统一校准方法",
    necessity="现行规范没有覆盖使用中的充电桩",
    scope="使用中的充电桩",
    technical_content="计量特性、校准条件和校准方法",
    relation_to_laws="与现行法规协调",
    drafting_units=("演示计量院",),
    contact="演示联系人",
    proposed_months=12,
    signed_form_attached=True,
)
APPRAISAL = AppraisalFacts(
    held_on=date(2025, 5, 20), experts=tuple((f"专家{n}", f"单位{n}") for n in range(7)), in_favour=True
)
READABLE = DraftFacts(number=1, clauses=6, errors=0)
DRAFTS = DraftsFacts(
    consultation=replace(READABLE, number=2),
    review=replace(READABLE, number=3),
    publication=replace(READABLE, number=4, has_pdf=True),
    last_round_draft=1,
)
REVIEW = ReviewFacts(
    mode=ReviewMode.MEETING,
    papers_sent_on=date(2025, 4, 1),
    held_on=date(2025, 5, 1),
    ballot_opened=True,
    ballot_closed=True,
    entitled=13,
    votes_cast=9,
    votes_for=9,
    minutes_recorded=True,
)
PUBLICATION = PublicationFacts(
    number="DB31/T 12—2025",
    approved_on=date(2025, 2, 1),
    published_on=date(2025, 2, 20),
    effective_on=date(2025, 5, 21),
)


def facts(kind: Kind = LOCAL, stage: Stage = Stage.DRAFTING, **changes: Any) -> ProjectFacts:
    """The facts of a project that lacks nothing, but for the changes named."""
    whole: dict[str, Any] = {
        "rules": default_rules(kind),
        "parties": PARTIES,
        "fields": ActFields(
            plan_number="2025-001",
            plan_published_on=date(2025, 5, 25),
            completes_on=date(2026, 5, 25),
            months=12,
            closes_on=date(2025, 7, 1),
            filing_number="备案1-2025",
            filed_on=TODAY,
            disclosure_address="https://standards.example/1",
            disclosed_on=TODAY,
        ),
        "application": APPLICATION,
        "appraisal": APPRAISAL,
        "plan": PlanFacts(completes_on=date(2026, 1, 1)),
        "drafts": DRAFTS,
        "papers": PapersFacts(current=frozenset(Paper), note_headings_empty=()),
        "consultation": RoundFacts(number=1, opens_on=date(2025, 5, 1), closes_on=date(2025, 5, 31)),
        "comments": CommentsFacts(received=4),
        "review": REVIEW,
        "publication": PUBLICATION,
        "notice": NoticeFacts(opened_on=date(2025, 5, 1)),
        "periodic_review": PeriodicReviewFacts(conclusion=Conclusion.VALID, grounds="技术内容仍然适用"),
        "succession": SuccessionFacts(successor_in_force="DB31/T 12—2030", successor_since=TODAY),
        "authorship": AuthorshipFacts(authors=frozenset({(7, Authorship.PROPOSED_IT), (51, Authorship.NAMED_DRAFTER)})),
    }
    return ProjectFacts(kind=kind, stage=stage, today=TODAY, **(whole | changes))


def bare_facts(kind: Kind, stage: Stage) -> ProjectFacts:
    """The facts of a project for which nothing was done yet."""
    return facts(
        kind,
        stage,
        fields=ActFields(members_only=True),
        application=Application(),
        appraisal=AppraisalFacts(),
        plan=PlanFacts(),
        drafts=DraftsFacts(),
        papers=PapersFacts(),
        consultation=RoundFacts(),
        comments=CommentsFacts(received=3, without_disposition=2),
        review=ReviewFacts(objections=2, objections_unanswered=1),
        publication=PublicationFacts(),
        notice=NoticeFacts(),
        periodic_review=PeriodicReviewFacts(),
        succession=SuccessionFacts(),
        authorship=AuthorshipFacts(),
    )


_NOT_APPROVED = {"review": replace(REVIEW, votes_for=6, failed_before=1)}
_OPINION_TO = {
    conclusion: {"periodic_review": PeriodicReviewFacts(conclusion=conclusion, grounds="理由")}
    for conclusion in Conclusion
}
# Some acts need a case that went otherwise than the good one.
_CASE_FOR: dict[Action, dict[str, Any]] = {
    Action.REPEAT_REVIEW: {"review": replace(REVIEW, votes_cast=8, votes_for=8)},
    Action.FAIL_REVIEW: _NOT_APPROVED,
    Action.CANCEL_AFTER_FAILURE: _NOT_APPROVED,
    Action.ORDER_REVISION: _OPINION_TO[Conclusion.REVISE],
    Action.PROPOSE_ABOLITION: _OPINION_TO[Conclusion.ABOLISH],
}


def facts_for(action: Action, kind: Kind, stage: Stage, **changes: Any) -> ProjectFacts:
    """Facts under which nothing but role, stage or note could stand against an act, but for the changes named."""
    return facts(kind, stage, **(_CASE_FOR.get(action, {}) | changes))


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One row of the published procedure."""

    source: str
    action: str
    target: str
    roles: tuple[str, ...]
    guards: tuple[str, ...]
    needs_note: bool
    basis: str


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def read_csv(name: str) -> list[dict[str, str]]:
    """One file of the published procedure, row by row."""
    with (PROCEDURE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_rows(kind: Kind) -> list[PublishedRow]:
    """The published procedure of a kind."""
    return [
        PublishedRow(
            row["from"],
            row["action"],
            row["to"],
            _parts(row["roles"]),
            _parts(row["guards"]),
            row["note_required"] == "y",
            row["basis"],
        )
        for row in read_csv(kind.value)
    ]


TWO_THIRDS, THREE_QUARTERS = Fraction(2, 3), Fraction(3, 4)
