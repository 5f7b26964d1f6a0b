"""The way to publication as the API answers it."""

from dataclasses import dataclass
from datetime import date

from standards_wf.services.reading.stays import UsualTime
from standards_wf.services.reading.way import Way
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualTimeAnswer:
    """How many days past cases of the kind stayed at the stage; null while there are fewer than five."""

    cases: int
    median: int | None
    shortest: int | None
    longest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStepAnswer:
    """A stage that is left, and the act that leads there; `rule` names the rule that makes the case wait until then."""

    stage: Stage
    label: str
    action: Action
    roles: tuple[Role, ...]
    earliest: date
    rule: str
    usual: UsualTimeAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class WayAnswer:
    """What lies between the project and its publication, if every step is taken at once; empty once it is in force."""

    usual: UsualTimeAnswer
    """How long past cases stayed at the stage where the project is now."""
    steps: tuple[WayStepAnswer, ...]
    published: date | None
    """The earliest day of publication."""
    completes_on: date | None
    is_too_late: bool
    """Whether the completion date of the plan cannot be kept any more."""
    is_suspended: bool
    """Whether the project rests; the days are those of a project that is resumed today."""


def way_answer(way: Way, kind: Kind) -> WayAnswer:
    """A way with its words."""
    return WayAnswer(
        usual=_usual(way.usual),
        steps=tuple(
            WayStepAnswer(
                stage=step.stage,
                label=str(labels.stage(step.stage, kind)),
                action=step.action,
                roles=step.roles,
                earliest=step.earliest,
                rule=step.rule,
                usual=_usual(step.usual),
            )
            for step in way.steps
        ),
        published=way.published,
        completes_on=way.completes_on,
        is_too_late=way.is_too_late,
        is_suspended=way.rests,
    )


def _usual(time: UsualTime) -> UsualTimeAnswer:
    return UsualTimeAnswer(cases=time.cases, median=time.median, shortest=time.shortest, longest=time.longest)
