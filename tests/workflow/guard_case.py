"""What a case of a guard is: two sets of facts on either side of a border, and the refusal on the wrong side."""

# ruff: noqa: ANN401  (a case names whichever facts differ, of whatever type)

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from standards_wf.workflow.facts import (
    Actor,
    AppraisalFacts,
    DraftsFacts,
    PapersFacts,
    ProjectFacts,
    PublicationFacts,
    ReviewFacts,
)
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Kind, Paper, Role
from tests.workflow.cases import (
    APPLICATION,
    APPRAISAL,
    DRAFTS,
    LOCAL,
    PUBLICATION,
    REVIEW,
    facts,
    somebody_as,
)


@dataclass(frozen=True, slots=True)
class Case:
    """Two sets of facts on either side of a border, and the refusal on the wrong side."""

    guard: str
    border: str
    passes: dict[str, Any]
    fails: dict[str, Any]
    refusal: Refusal
    kind: Kind = LOCAL
    passing_actor: Actor = field(default_factory=lambda: somebody_as(Role.COMPETENT_DEPARTMENT))
    failing_actor: Actor = field(default_factory=lambda: somebody_as(Role.COMPETENT_DEPARTMENT))

    def facts_that_pass(self) -> ProjectFacts:
        return facts(self.kind, **self.passes)

    def facts_that_fail(self) -> ProjectFacts:
        return facts(self.kind, **self.fails)

    def __str__(self) -> str:
        return f"{self.guard}: {self.border}"


def experts(count: int) -> AppraisalFacts:
    return replace(APPRAISAL, experts=tuple((f"专家{n}", f"单位{n}") for n in range(count)))


def given(**values: Any) -> dict[str, Any]:
    return {"fields": ActFields(**values)}


PLAN = {"plan_number": "1", "plan_published_on": date(2025, 5, 25), "completes_on": date(2026, 11, 25)}
REVISION = replace(APPLICATION, is_revision=True, replaces="DB31/T 12—2020")
PROPOSER = somebody_as(Role.PROPOSER)


def plan(**values: Any) -> dict[str, Any]:
    return given(**(PLAN | values))


def review(**values: Any) -> dict[str, ReviewFacts]:
    return {"review": replace(REVIEW, **values)}


def publication(**values: Any) -> dict[str, PublicationFacts]:
    return {"publication": replace(PUBLICATION, **values)}


def drafts(**values: Any) -> dict[str, DraftsFacts]:
    return {"drafts": replace(DRAFTS, **values)}


def papers(**values: Any) -> dict[str, PapersFacts]:
    return {"papers": PapersFacts(**values)}


def all_papers_but(*papers: Paper) -> frozenset[Paper]:
    return frozenset(Paper) - set(papers)
