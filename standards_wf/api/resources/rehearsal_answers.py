"""A dry run as the API answers it: where the act leads, what follows, and everything that stands against it."""

from dataclasses import dataclass
from datetime import date

from standards_wf.api.errors import Reason, reason
from standards_wf.api.resources.deadline_answers import DeadlineAnswer, deadline_answer
from standards_wf.services.notifying import Recipient
from standards_wf.services.papers import PlannedPaper
from standards_wf.services.rehearsal import Obstacle, OtherCase, Rehearsal
from standards_wf.services.remedies import Place, address_of
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import Action, Kind, Paper, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperToComeAnswer:
    """A paper that will be made after the act; one that lacks something is left to people."""

    paper: Paper
    label: str
    filename: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientAnswer:
    """Somebody who will be told, and by which ways: `in_app`, `mail`."""

    name: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCaseAnswer:
    """Another case that the act changes; one that it opens has no identity before the act is done."""

    project: int | None
    title_zh: str
    title_en: str
    happened: str
    from_: Stage | None
    to: Stage
    recipients: tuple[RecipientAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderAnswer:
    """Somebody who can mend what is missing."""

    role: Role
    name: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleAnswer:
    """One reason against the act; `page` is where it is mended, `from_day` the day from which time has mended it."""

    reason: Reason
    place: Place
    page: str
    roles: tuple[Role, ...]
    holders: tuple[HolderAnswer, ...]
    from_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalAnswer:
    """What an act would do if it were done now. Nothing was done, and the project's version stays as it is."""

    dry_run: bool
    project: int
    action: Action
    label: str
    allowed: bool
    from_: Stage
    to: Stage | None
    to_label: str
    needs_confirmation: bool
    """The act takes two persons: it would only be prepared, and done when another person confirms it."""
    on_day: date
    version: int
    number: str
    plan_number: str
    files: tuple[PaperToComeAnswer, ...]
    recipients: tuple[RecipientAnswer, ...]
    deadlines_begin: tuple[DeadlineAnswer, ...]
    deadlines_end: tuple[DeadlineAnswer, ...]
    other_cases: tuple[OtherCaseAnswer, ...]
    obstacles: tuple[ObstacleAnswer, ...]


def rehearsal_answer(told: Rehearsal) -> RehearsalAnswer:
    """A rehearsal with its words."""
    kind = told.kind
    return RehearsalAnswer(
        dry_run=True,
        project=told.project_id,
        action=told.action,
        label=str(labels.action(told.action, kind)),
        allowed=told.allowed,
        from_=told.from_stage,
        to=told.to_stage,
        to_label=str(labels.stage(told.to_stage, kind)) if told.to_stage else "",
        needs_confirmation=told.is_prepared,
        on_day=told.on_day,
        version=told.version,
        number=told.number,
        plan_number=told.plan_number,
        files=tuple(_paper(each, kind) for each in told.files),
        recipients=tuple(map(_recipient, told.recipients)),
        deadlines_begin=tuple(map(deadline_answer, told.begins)),
        deadlines_end=tuple(map(deadline_answer, told.ends)),
        other_cases=tuple(map(_other, told.others)),
        obstacles=tuple(_obstacle(each, told) for each in told.obstacles),
    )


def _paper(paper: PlannedPaper, kind: Kind) -> PaperToComeAnswer:
    label = str(labels.paper(paper.paper, kind))
    return PaperToComeAnswer(paper=paper.paper, label=label, filename=paper.filename, lacks=paper.lacks)


def _recipient(recipient: Recipient) -> RecipientAnswer:
    return RecipientAnswer(name=recipient.name, channels=recipient.channels)


def _other(case: OtherCase) -> OtherCaseAnswer:
    return OtherCaseAnswer(
        project=case.project_id,
        title_zh=case.title_zh,
        title_en=case.title_en,
        happened=case.happened,
        from_=case.from_stage,
        to=case.to_stage,
        recipients=tuple(map(_recipient, case.recipients)),
    )


def _obstacle(obstacle: Obstacle, told: Rehearsal) -> ObstacleAnswer:
    return ObstacleAnswer(
        reason=reason(obstacle.refusal, told.kind),
        place=obstacle.place,
        page=address_of(told.project_id, obstacle.place, told.action),
        roles=obstacle.roles,
        holders=tuple(HolderAnswer(role=one.role, name=one.name, body=one.body) for one in obstacle.holders),
        from_day=obstacle.from_day,
    )
