"""Where each thing that stands against an act is mended, by whom, and from which day on it mends itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standards_wf.services.drafts import DRAFT_KEEPERS, TEXT_KEEPERS
from standards_wf.services.papers import who_brings
from standards_wf.services.periodic_reviews import OPINION_GIVERS
from standards_wf.services.projects import editors_at
from standards_wf.services.voters import MEMBERS, REVIEWERS
from standards_wf.workflow.deadlines import first_day_after
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, DraftStage, Kind, Paper, Role, Stage


class Place(StrEnum):
    """A part of a project's pages; `form` is the form of the act itself."""

    OVERVIEW = "overview"
    APPLICATION = "application"
    DRAFTS = "drafts"
    NOTE = "note"
    COMMENTS = "comments"
    REVIEW = "review"
    PAPERS = "papers"
    PUBLICATION = "publication"
    LIFE = "life"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that is refused, and at which stage of which kind."""

    kind: Kind
    stage: Stage
    row: Transition | None
    refusal: Refusal


Roles = Callable[[Asked], tuple[Role, ...]]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What helps against one reason."""

    place: Place
    roles: tuple[Role, ...] = ()
    """Who can mend it, as alternatives; nobody where only time helps, or where another act is the right one."""
    from_day: date | None = None
    """The first day on which it no longer stands against the act, without anybody doing anything."""


@dataclass(frozen=True, slots=True)
class _Row:
    """How the remedy against one code is found."""

    place: Place | Callable[[Asked], Place]
    roles: Roles
    day: Callable[[Mapping[str, object]], date | None] = lambda _params: None


def _nobody(_asked: Asked) -> tuple[Role, ...]:
    return ()


def _only(*roles: Role) -> Roles:
    return lambda _asked: roles


def _actors(asked: Asked) -> tuple[Role, ...]:
    return asked.row.roles if asked.row else ()


def _issuer(asked: Asked) -> tuple[Role, ...]:
    return (KINDS[asked.kind].issuer,)


def _editors(asked: Asked) -> tuple[Role, ...]:
    return editors_at(asked.stage)


def _keepers_of_the_text(asked: Asked) -> tuple[Role, ...]:
    return TEXT_KEEPERS if asked.refusal.params.get("draft_stage") is DraftStage.PUBLICATION else DRAFT_KEEPERS


def _bringers(*papers: Paper) -> Roles:
    """Who may bring one of the papers that are missing, or of these where the refusal names none."""

    def bringers(asked: Asked) -> tuple[Role, ...]:
        missing = asked.refusal.params.get("papers") or papers
        named = (paper for paper in (missing if isinstance(missing, tuple) else ()) if isinstance(paper, Paper))
        return tuple(dict.fromkeys(role for paper in named for role in who_brings(paper, asked.stage)))

    return bringers


def _whose_form(asked: Asked) -> tuple[Role, ...]:
    return _actors(asked) if _form_or_application(asked) is Place.FORM else _editors(asked)


def _form_or_application(asked: Asked) -> Place:
    """What a plan entry misses is typed with the act, or stands in the application."""
    missed = asked.refusal.params.get("fields", ())
    typed = {"plan_number", "plan_published_on", "completes_on"}
    return Place.FORM if isinstance(missed, tuple) and typed.issuperset(missed) else Place.APPLICATION


_NOTICED = frozenset({Stage.PUBLIC_NOTICE, Stage.ABOLITION_NOTICE})


def _where_objections_stand(asked: Asked) -> Place:
    return Place.LIFE if asked.stage in _NOTICED else Place.REVIEW


def _who_answers(asked: Asked) -> tuple[Role, ...]:
    return _issuer(asked) if asked.stage in _NOTICED else _DRAFTING


def _named(asked: Asked) -> tuple[Role, ...]:
    roles = asked.refusal.params.get("roles", ())
    return tuple(role for role in roles if isinstance(role, Role)) if isinstance(roles, tuple) else ()


def _after(name: str) -> Callable[[Mapping[str, object]], date | None]:
    def day(params: Mapping[str, object]) -> date | None:
        last = params.get(name)
        return first_day_after(last) if isinstance(last, date) else None

    return day


def _on(name: str) -> Callable[[Mapping[str, object]], date | None]:
    def day(params: Mapping[str, object]) -> date | None:
        first = params.get(name)
        return first if isinstance(first, date) else None

    return day


_DRAFTING = (Role.DRAFTER, Role.COMMITTEE_SECRETARY)
_SECRETARY = _only(Role.COMMITTEE_SECRETARY)
_FORM = _Row(Place.FORM, _actors)
_NOT_NOW = _Row(Place.OVERVIEW, _nobody)
_TEXT = _Row(Place.DRAFTS, _keepers_of_the_text)
_FULL_TEXT = _Row(Place.DRAFTS, _only(*TEXT_KEEPERS))
_NOTE = _Row(Place.NOTE, _only(*_DRAFTING))
_COMMENTS = _Row(Place.COMMENTS, _only(*_DRAFTING))
_CALLING = _Row(Place.REVIEW, _SECRETARY)
_VOTING = _Row(Place.REVIEW, _only(*MEMBERS))
_COUNTED = _Row(Place.REVIEW, _nobody)
_PACKAGE = _Row(Place.PAPERS, _bringers())
_PREPARING = _Row(Place.PUBLICATION, _issuer)
_DECIDING = _Row(Place.APPLICATION, _issuer)
_OPINION = _Row(Place.LIFE, _only(*OPINION_GIVERS))

REMEDIES: dict[RefusalCode, _Row] = {
    RefusalCode.NOT_FROM_THIS_STAGE: _NOT_NOW,
    RefusalCode.ROLE_REQUIRED: _Row(Place.OVERVIEW, _named),
    RefusalCode.NOTE_REQUIRED: _FORM,
    RefusalCode.PROJECT_SUSPENDED: _Row(Place.OVERVIEW, _issuer),
    RefusalCode.OWN_DRAFT: _Row(Place.OVERVIEW, _actors),
    RefusalCode.PRINCIPALS_DRAFT: _Row(Place.OVERVIEW, _actors),
    RefusalCode.APPLICATION_INCOMPLETE: _Row(Place.APPLICATION, _editors),
    RefusalCode.APPLICANT_NOT_ENTITLED: _Row(Place.OVERVIEW, lambda asked: KINDS[asked.kind].applicants),
    RefusalCode.SIGNED_FORM_MISSING: _Row(Place.PAPERS, _bringers(Paper.APPLICATION_FORM)),
    RefusalCode.APPRAISAL_NOT_RECORDED: _DECIDING,
    RefusalCode.TOO_FEW_EXPERTS: _DECIDING,
    RefusalCode.APPRAISAL_NOT_IN_FAVOUR: _DECIDING,
    RefusalCode.PLAN_ENTRY_INCOMPLETE: _Row(_form_or_application, _whose_form),
    RefusalCode.PLAN_NOT_YET_PUBLISHED: _FORM,
    RefusalCode.PLAN_TOO_LONG: _FORM,
    RefusalCode.EXTENSION_MONTHS_MISSING: _FORM,
    RefusalCode.EXTENSION_TOO_LATE: _NOT_NOW,
    RefusalCode.EXTENSION_NOT_THE_FIRST: _NOT_NOW,
    RefusalCode.EXTENSION_TOO_LONG: _FORM,
    RefusalCode.DRAFT_MISSING: _TEXT,
    RefusalCode.DRAFT_WITHOUT_CLAUSES: _TEXT,
    RefusalCode.DRAFT_HAS_ERRORS: _TEXT,
    RefusalCode.DRAFT_NOT_NEW: _TEXT,
    RefusalCode.NOTE_MISSING: _NOTE,
    RefusalCode.NOTE_INCOMPLETE: _NOTE,
    RefusalCode.ANNEXES_MISSING: _PACKAGE,
    RefusalCode.CLOSING_DATE_MISSING: _FORM,
    RefusalCode.CONSULTATION_TOO_SHORT: _FORM,
    RefusalCode.CONSULTATION_NOT_PUBLIC: _FORM,
    RefusalCode.CONSULTATION_STILL_OPEN: _Row(Place.COMMENTS, _nobody, _after("closes_on")),
    RefusalCode.CLOSING_DATE_NOT_LATER: _FORM,
    RefusalCode.COMMENTS_WITHOUT_DISPOSITION: _COMMENTS,
    RefusalCode.COMMENTS_WITHOUT_REASON: _COMMENTS,
    RefusalCode.PAPERS_NOT_SENT: _CALLING,
    RefusalCode.REVIEW_DATE_MISSING: _CALLING,
    RefusalCode.PAPERS_SENT_TOO_LATE: _CALLING,
    RefusalCode.BALLOT_NOT_OPENED: _CALLING,
    RefusalCode.BALLOT_STILL_OPEN: _CALLING,
    RefusalCode.TOO_FEW_VOTERS: _CALLING,
    RefusalCode.DRAFTERS_AMONG_VOTERS: _CALLING,
    RefusalCode.TOO_MANY_FROM_DRAFTING_UNITS: _CALLING,
    RefusalCode.QUORUM_MISSED: _VOTING,
    RefusalCode.QUORUM_WAS_MET: _COUNTED,
    RefusalCode.NOT_ENOUGH_IN_FAVOUR: _VOTING,
    RefusalCode.ENOUGH_IN_FAVOUR: _COUNTED,
    RefusalCode.MINUTES_MISSING: _CALLING,
    RefusalCode.SIGNATURES_MISSING: _Row(Place.REVIEW, _only(*REVIEWERS)),
    RefusalCode.BALLOT_PAPERS_MISSING: _Row(Place.PAPERS, _bringers(Paper.BALLOT_CONCLUSION)),
    RefusalCode.NO_EARLIER_FAILURE: _COUNTED,
    RefusalCode.OBJECTIONS_UNANSWERED: _Row(_where_objections_stand, _who_answers),
    RefusalCode.PACKAGE_INCOMPLETE: _PACKAGE,
    RefusalCode.PACKAGE_OUTDATED: _PACKAGE,
    RefusalCode.NOTICE_NOT_OPENED: _Row(Place.LIFE, _only(Role.ADMINISTRATOR)),
    RefusalCode.NOTICE_STILL_RUNS: _Row(Place.LIFE, _nobody, _after("ends_on")),
    RefusalCode.NUMBER_MISSING: _PREPARING,
    RefusalCode.NUMBER_OUTSIDE_SERIES: _PREPARING,
    RefusalCode.NUMBER_TAKEN: _PREPARING,
    RefusalCode.NUMBER_SAME_AS_REPLACED: _PREPARING,
    RefusalCode.PARTNERS_NOT_IN_FAVOUR: _PREPARING,
    RefusalCode.PUBLICATION_DATES_MISSING: _PREPARING,
    RefusalCode.PUBLICATION_DATES_OUT_OF_ORDER: _PREPARING,
    RefusalCode.IMPLEMENTATION_TOO_SOON: _PREPARING,
    RefusalCode.FULL_TEXT_MISSING: _FULL_TEXT,
    RefusalCode.FULL_TEXT_WITHOUT_MARKS: _FULL_TEXT,
    RefusalCode.NOT_YET_IN_FORCE: _Row(Place.PUBLICATION, _nobody, _on("effective_on")),
    RefusalCode.FILING_INCOMPLETE: _FORM,
    RefusalCode.DISCLOSURE_INCOMPLETE: _FORM,
    RefusalCode.REVIEW_OPINION_MISSING: _OPINION,
    RefusalCode.CONCLUSION_IS_DIFFERENT: _OPINION,
    RefusalCode.NO_SUCCESSOR_IN_FORCE: _Row(Place.LIFE, _nobody),
}
"""For every code the place, the roles, and the day; a test walks all codes."""


def remedy_of(asked: Asked) -> Remedy:
    """What helps against a reason; one that is not of the procedure says itself what to do."""
    if not isinstance(asked.refusal.code, RefusalCode):
        return Remedy(Place.OVERVIEW)
    row = REMEDIES[asked.refusal.code]
    place = row.place if isinstance(row.place, Place) else row.place(asked)
    return Remedy(place, row.roles(asked), row.day(asked.refusal.params))


def address_of(project_id: int, place: Place, action: Action) -> str:
    """Where the page is on which it is mended, below the address of the installation."""
    match place:
        case Place.OVERVIEW:
            return f"/projects/{project_id}"
        case Place.FORM:
            return f"/projects/{project_id}/actions/{action}"
        case _:
            return f"/projects/{project_id}/{place}"
