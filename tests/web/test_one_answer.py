"""Button, page, API and command agree about every act of every role: allowed or refused, and with the same reasons.

The procedure is asked once through the services; each entrance has to say exactly that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date, timedelta
from itertools import count, cycle

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.cli.commands import cases as commands
from standards_wf.clock import FixedClock, Moment, moment
from standards_wf.errors import NotFound
from standards_wf.models.people import RoleGrant
from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.services.access import entrance_to
from standards_wf.services.lifecycle import decisions_on
from standards_wf.services.saying import say
from standards_wf.services.storage import FileStore
from standards_wf.services.suspensions import SuspendProject, suspend
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import ScopeKind
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.machine import Decision
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import stages_of
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage
from standards_wf.workflow.way import shortest_way
from tests.api.callers import SHANGHAI, Api
from tests.support.client import Browser
from tests.support.scene import Scene
from tests.web.entrances import Entrances, Fields, Offered, Said
from tests.workflow.preparations import WHO, fields_of, get_ready

PEOPLE = (
    "citizen",
    "drafter",
    "department",
    "clerk",
    "association",
    "secretary",
    "chair",
    "member1",
    "expert",
    "administrator",
    "stranger",
)
"""Somebody for every role that a person can have."""


@dataclass(frozen=True)
class Town:
    """An installation with all its entrances."""

    sessions: sessionmaker[Session]
    scene: Scene
    clock: FixedClock
    entrances: Entrances
    turns: Iterator[int]

    @property
    def moment(self) -> Moment:
        """The moment by the clock that hangs in the test."""
        return moment(SHANGHAI)

    def new(self, kind: Kind) -> int:
        """A case that was just suggested."""
        with self.sessions() as session, unit_of_work(session):
            return self.scene.file_suggestion(session, kind, moment=self.moment).id

    def case(self, kind: Kind, stage: Stage) -> int:
        """A case of which little is done, put at a stage; everybody of the scene has a part in it."""
        with self.sessions() as session, unit_of_work(session):
            project = self.scene.file_suggestion(session, kind, moment=self.moment)
            institute = self.scene.organizations["institute"]
            session.add(ProjectUnit(project_id=project.id, position=1, organization_id=institute, name="示例"))
            session.add(
                RoleGrant(
                    person_id=self.scene.people["expert"],
                    role=Role.INVITED_EXPERT,
                    scope=ScopeKind.PROJECT,
                    project_id=project.id,
                    valid_from=date(2020, 1, 1),
                    granted_at=self.moment.at,
                )
            )
            session.flush()
            session.execute(update(Project).where(Project.id == project.id).values(stage=stage))
            return project.id

    def decisions(self, login: str, project: int) -> dict[Action, Decision] | None:
        """What the procedure says of every act of the stage, or nothing where the case is not for this person."""
        with self.sessions() as session:
            actor = self.scene.actor(session, login, self.moment)
            try:
                entrance = entrance_to(session, project, actor)
            except NotFound:
                return None
            return {each.action: each for each in decisions_on(session, entrance, actor=actor, moment=self.moment)}

    def stage(self, project: int) -> Stage:
        with self.sessions() as session:
            return session.scalars(select(Project.stage).where(Project.id == project)).one()


@pytest.fixture
def town(
    browse: Callable[[str | None], Browser],
    api: Api,
    session_factory: sessionmaker[Session],
    scene: Scene,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Town:
    @dataclass(frozen=True)
    class Here:
        """The installation as a command opens it, without looking at its schema each time."""

        sessions: sessionmaker[Session]

    monkeypatch.setattr(commands, "open_workplace", lambda: Here(session_factory))
    monkeypatch.setattr(commands, "now", lambda _workplace: moment(SHANGHAI))

    def version_of(project: int) -> int:
        with session_factory() as session:
            return session.scalars(select(Project.version).where(Project.id == project)).one()

    return Town(session_factory, scene, clock, Entrances(browse, api, version_of), count())


@pytest.fixture
def api(app: Flask, session_factory: sessionmaker[Session], scene: Scene, clock: FixedClock) -> Api:
    return Api(app, session_factory, scene, clock)


def filled_in(action: Action, project: int, moment: Moment) -> Fields:
    """What somebody would type into the form of the act."""
    day, later = moment.day.isoformat(), (moment.day + timedelta(days=60)).isoformat()
    typed: dict[Action, dict[str, object]] = {
        Action.APPROVE_PROJECT: {"plan_number": f"P-{project}", "plan_published_on": day, "completes_on": later},
        Action.OPEN_CONSULTATION: {"closes_on": later},
        Action.REOPEN_CONSULTATION: {"closes_on": later},
        Action.EXTEND_CONSULTATION: {"closes_on": later},
        Action.SUBMIT_FOR_REVIEW: {"review_mode": "letter"},
        Action.REPEAT_REVIEW: {"review_mode": "letter"},
        Action.RECORD_FILING: {"filing_number": "备1", "filed_on": day},
        Action.RECORD_DISCLOSURE: {"disclosure_address": "https://example.org", "disclosed_on": day},
    }
    return {"note": "理由", **typed.get(action, {})}


@pytest.mark.parametrize("kind", Kind)
def test_every_entrance_gives_the_same_answer_to_everybody_about_every_act(town: Town, kind: Kind) -> None:
    asked = sum(_all_agree(town, kind, town.case(kind, row.stage)) for row in stages_of(kind))
    assert asked > 400


def test_they_agree_about_a_case_that_rests(town: Town) -> None:
    project = town.case(Kind.METROLOGY_SPECIFICATION, Stage.RESOLUTION)
    with town.sessions() as session, unit_of_work(session):
        command = SuspendProject(project_id=project, note="等待上位法")
        suspend(session, command, actor=town.scene.actor(session, "clerk", town.moment), moment=town.moment)
    assert _all_agree(town, Kind.METROLOGY_SPECIFICATION, project, and_do=False) > 40


@pytest.mark.parametrize("kind", Kind)
def test_they_agree_about_acts_for_which_everything_is_ready(town: Town, store: FileStore, kind: Kind) -> None:
    """A case on its way into force; each act is told by the dry runs and then done at another entrance."""
    project = town.new(kind)
    writers = cycle((town.entrances.by_page, town.entrances.by_api, town.entrances.by_command))
    for _ in range(list(Kind).index(kind)):
        next(writers)  # so that an act is done elsewhere in each kind
    for row in shortest_way(PROCEDURES[kind], Stage.SUGGESTED):
        ready = get_ready(town.sessions, town.scene, store, project, row.source, town.moment)
        town.clock.move_to(ready.at)
        for login in ("citizen", "drafter", "department", "clerk", "association", "secretary"):
            _offers_agree(town, login, project, kind, town.decisions(login, project))
        login = next(WHO[role] for role in row.roles if role in WHO)
        fields = typed(fields_of(row.action, project, town.moment))
        assert town.entrances.told_by_api(login, project, row.action, fields) == Said("done"), row
        assert town.entrances.told_by_command(login, project, row.action, fields) == Said("done"), row
        assert town.stage(project) is row.source
        assert next(writers)(login, project, row.action, fields) == Said("done"), row
        assert town.stage(project) is row.target


def typed(fields: ActFields) -> Fields:
    """The values of a form as somebody types them."""
    values = {field.name: getattr(fields, field.name) for field in dataclass_fields(fields)}
    return {"note": "理由", **{name: str(value) for name, value in values.items() if value}}


def _all_agree(town: Town, kind: Kind, project: int, *, and_do: bool = True) -> int:
    """Ask at every entrance about every act of the stage, and one that it does not have; tells how often was asked."""
    stage, asked = town.stage(project), 0
    acts = {each.action for each in PROCEDURES[kind].rows_from(stage)}
    elsewhere = next(each for each in Action if each not in acts)
    for login in PEOPLE:
        decisions = town.decisions(login, project)
        _offers_agree(town, login, project, kind, decisions)
        for action in (*sorted(acts), elsewhere):
            decision = decisions.get(action) if decisions else None
            wanted = _wanted(decisions, action, kind, stage)
            if wanted.outcome != "done":  # what can be done is done below, each time to a case of its own
                asked += _answers_agree(town, login, project, action, wanted, decision)
        for action, decision in (decisions or {}).items() if and_do else ():
            if decision.open and decision.is_for_this_actor:
                _is_done_alike(town, login, kind, stage, action)
    return asked


def _wanted(decisions: dict[Action, Decision] | None, action: Action, kind: Kind, stage: Stage) -> Said:
    """What every entrance must say of an act that is asked for with nothing filled in."""
    if decisions is None:
        return Said("not found")
    if action not in decisions:
        refusal = Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=action, stage=stage)
        return Said("refused", (say(refusal, kind),), (refusal.code,))
    refusals = decisions[action].refusals
    return Said(
        "refused" if refusals else "done",
        tuple(say(each, kind) for each in refusals),
        tuple(each.code for each in refusals),
    )


def _answers_agree(
    town: Town, login: str, project: int, action: Action, wanted: Said, decision: Decision | None
) -> int:
    """Whose act it is asks everywhere; of the many others each asks at one entrance in turn."""
    everywhere = [town.entrances.by_page, town.entrances.by_api, town.entrances.by_command]
    if decision is not None and decision.is_for_this_actor:
        everywhere += [town.entrances.told_by_api, town.entrances.told_by_command]
    else:
        everywhere = [everywhere[next(town.turns) % len(everywhere)]]
    for ask in everywhere:
        said = ask(login, project, action, {})
        assert said == wanted, (ask.__name__, login, action)
        assert said.codes in (None, wanted.codes), (ask.__name__, login, action)
    return len(everywhere)


def _offers_agree(town: Town, login: str, project: int, kind: Kind, decisions: dict[Action, Decision] | None) -> None:
    """The page has a button for what is open, and says of everything else what is missing; so do API and command.

    Somebody with no act at the stage looks at one of them in turn.
    """
    looks = [town.entrances.page_offers, town.entrances.api_offers, town.entrances.command_offers]
    wanted = {
        action.value: Offered(
            decision.open and decision.is_for_this_actor,
            tuple(say(each, kind) for each in decision.missing if each.code is not RefusalCode.ROLE_REQUIRED),
        )
        for action, decision in (decisions or {}).items()
    }
    if not any(decision.is_for_this_actor for decision in (decisions or {}).values()):
        looks = [looks[next(town.turns) % len(looks)]]
    for look in looks:
        offered = look(login, project)
        assert (offered or {}) == wanted, (look.__name__, login)


def _is_done_alike(town: Town, login: str, kind: Kind, stage: Stage, action: Action) -> None:
    """What is open is done, or refused for its values, at every entrance, and leads to the same place."""
    entrances, ends = town.entrances, []
    for write in (entrances.by_page, entrances.by_api, entrances.by_command):
        project = town.case(kind, stage)
        fields = filled_in(action, 1, town.moment)
        told = entrances.told_by_api(login, project, action, fields)
        said = write(login, project, action, fields)
        assert said.outcome == told.outcome, (write.__name__, login, stage, action, said, told)
        ends.append((said.outcome, _without_labels(said.reasons), town.stage(project)))
    assert ends[0] == ends[1] == ends[2], (login, stage, action)


def _without_labels(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """The summary of a form names the field before the sentence."""
    return tuple(each.rpartition("：")[2] for each in reasons)


def test_a_visitor_acts_nowhere_and_nobody_acts_as_the_clock(
    town: Town, browse: Callable[..., Browser], api: Api
) -> None:
    project = town.case(Kind.LOCAL_STANDARD, Stage.CONSULTATION)
    assert "/login" in browse(None).client.get(f"/projects/{project}").headers["Location"]
    path = f"/projects/{project}/actions/close_consultation"
    for query in ("", "?dry_run=true"):
        assert api.ask(None, "POST", path + query, json={}, headers={"If-Match": "*"}).status_code == 401
    assert town.entrances.by_command("system", project, "close_consultation", {}).outcome == "forbidden"
