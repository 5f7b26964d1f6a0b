"""Figures: how long, waiting for whom, and how late; sums that name nobody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.reading import lives as reading
from standards_wf.services.reading.figures import FiguresAsked, LateCases, LateFigure, figures
from standards_wf.services.reading.lives import Judged, KeptLives, Life, Outcome, Spell, lives, spells_of
from standards_wf.services.reading.white_paper import white_paper
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording.white_paper import KNOWN, Heading, Known
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage
from standards_wf.workflow.waiting import BODY_OF, Body, waits_for
from tests.support.client import counted
from tests.support.scene import PEOPLE, Scene

DAY = date(2025, 3, 1)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def life(days: int = 30, **changes: object) -> Life:
    """A local standard that was drafted for so many days and then published in time."""
    usual = Life(
        kind=Kind.LOCAL_STANDARD,
        committee_id=1,
        committee="委员会",
        stage=Stage.IN_FORCE,
        began_on=DAY,
        planned_on=DAY,
        published_on=after(days),
        is_demonstration=False,
        spells=(Spell(Stage.DRAFTING, days, after(days), Body.COMMITTEE),),
        deadlines=(Judged(Due.COMPLETION, after(40), Outcome.IN_TIME),),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def moves(*steps: tuple[str, Stage, int, Role]) -> list[tuple[str, Stage, date, Role]]:
    return [(action, stage, after(days), role) for action, stage, days, role in steps]


PATH = moves(
    (Event.SUGGESTION_FILED, Stage.SUGGESTED, 0, Role.PUBLIC),
    (Action.APPLY, Stage.APPLIED, 12, Role.COMPETENT_DEPARTMENT),
    (Action.START_APPRAISAL, Stage.APPRAISAL, 20, Role.AUTHORITY),
    (Action.TERMINATE, Stage.TERMINATED, 25, Role.AUTHORITY),
)


def test_a_stay_lasts_until_the_act_that_ended_it_and_waited_for_the_body_behind_the_role() -> None:
    assert spells_of(PATH) == (
        Spell(Stage.SUGGESTED, 12, after(12), Body.DEPARTMENT),
        Spell(Stage.APPLIED, 8, after(20), Body.AUTHORITY),
        Spell(Stage.APPRAISAL, 5, after(25), Body.AUTHORITY),
    )


def test_days_of_suspension_are_not_counted() -> None:
    rested = spells_of(PATH, [(after(13), after(18))])
    assert [spell.days for spell in rested] == [12, 3, 5]


def test_a_case_that_was_corrected_by_hand_says_nothing_about_the_usual_time() -> None:
    corrected = moves((Event.STAGE_CORRECTED, Stage.DRAFTING, 30, Role.ADMINISTRATOR))
    assert spells_of([*PATH, *corrected]) == ()


def test_nobody_is_waited_for_while_a_document_is_in_force() -> None:
    rest = moves(
        (Action.TAKE_EFFECT, Stage.IN_FORCE, 0, Role.SYSTEM),
        (Action.START_REVIEW, Stage.UNDER_REVIEW, 900, Role.AUTHORITY),
    )
    assert spells_of(rest) == ()
    assert life().waits_for is None


def test_every_role_has_a_body_and_every_case_under_way_waits_for_one() -> None:
    assert set(BODY_OF) == set(Role)
    assert waits_for(Kind.LOCAL_STANDARD, Stage.CONSULTATION) is Body.PERIOD
    assert waits_for(Kind.LOCAL_STANDARD, Stage.APPRAISAL) is Body.AUTHORITY
    assert waits_for(Kind.GROUP_STANDARD, Stage.APPRAISAL) is Body.GROUP
    assert waits_for(Kind.METROLOGY_SPECIFICATION, Stage.TERMINATED) is None


@pytest.mark.parametrize(("cases", "median"), [(4, None), (5, 30)])
def test_no_usual_time_is_told_from_fewer_than_five_cases(cases: int, median: int | None) -> None:
    found = figures([life(10 * number) for number in range(1, cases + 1)], FiguresAsked(), DAY)
    (stage,) = found.stages
    assert (stage.stage, stage.stays, stage.usual.median) == (Stage.DRAFTING, cases, median)
    (kind,) = found.kinds
    assert (kind.cases, kind.published, kind.usual.median) == (cases, cases, median)


def test_what_is_late_is_counted_by_deadline_and_by_case() -> None:
    def due(outcome: Outcome) -> Judged:
        return Judged(Due.FILING, after(60), outcome)

    punctual, running = life(deadlines=(due(Outcome.IN_TIME),)), life(deadlines=(due(Outcome.RUNNING),))
    late = life(deadlines=(due(Outcome.LATE), due(Outcome.IN_TIME), due(Outcome.OVERDUE)))
    found = figures([punctual, late, running], FiguresAsked(), DAY)
    assert found.lates == ((Due.FILING, LateFigure(in_time=2, late=1, overdue=1, running=1)),)
    assert found.late.share == 0.5
    assert found.late_cases == LateCases(late=1, of=2)
    assert figures([running], FiguresAsked(), DAY).late.share is None


def test_a_year_takes_stays_by_their_end_deadlines_by_their_last_day_and_cases_by_their_beginning() -> None:
    found = figures([life(500)], FiguresAsked(year=2026), DAY)
    assert (found.cases, len(found.stages), len(found.lates)) == (0, 1, 0)
    found = figures([life(500)], FiguresAsked(year=2025), DAY)
    assert (found.cases, len(found.stages), len(found.lates)) == (1, 0, 1)
    assert found.known_years == (2025,)


def test_kinds_and_committees_narrow_what_is_counted() -> None:
    others = life(kind=Kind.GROUP_STANDARD, committee_id=2, committee="另一委员会")
    found = figures([life(), others], FiguresAsked(kind=Kind.GROUP_STANDARD), DAY)
    assert [row.key for row in found.kinds] == ["group_standard"]
    assert [row.name for row in found.committees] == ["另一委员会"]
    assert figures([life(), others], FiguresAsked(committee_id=1), DAY).cases == 1
    assert [row.key for row in figures([others, life()], FiguresAsked(), DAY).kinds] == [
        "local_standard",
        "group_standard",
    ]


def test_cases_of_the_demonstration_are_never_mixed_with_real_ones() -> None:
    shown, real = life(is_demonstration=True), life()
    found = figures([shown, real, shown], FiguresAsked(), DAY)
    assert (found.cases, found.of_demonstration, found.left_out) == (1, False, 2)
    found = figures([shown, real, shown], FiguresAsked(of_demonstration=True), DAY)
    assert (found.cases, found.of_demonstration, found.left_out) == (2, True, 1)
    assert figures([shown], FiguresAsked(), DAY).of_demonstration


def _declined(session: Session, scene: Scene, moment: Moment) -> int:
    """A suggestion that the department declines after twenty days."""
    with unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
    later = Moment(moment.at + timedelta(days=20), moment.day + timedelta(days=20))
    command = PerformAction(project_id=project.id, action=Action.DECLINE, note="已有国家标准")
    with unit_of_work(session):
        perform(session, command, actor=scene.actor(session, "department", later), moment=later)
    return project.id


def test_lives_are_read_from_the_history_with_the_same_few_queries(
    session: Session, engine: Engine, scene: Scene, moment: Moment
) -> None:
    _declined(session, scene, moment)
    with counted(engine) as few:
        (one,) = lives(session, moment.day)
    (spell,) = one.spells
    assert (spell.stage, spell.days, spell.waited_for) == (Stage.SUGGESTED, 20, Body.DEPARTMENT)
    assert (one.began_on, one.stage, one.deadlines) == (moment.day, Stage.REJECTED, ())
    assert not {name for name, _ in PEOPLE.values()} & set(repr(one).split("'"))
    _declined(session, scene, moment)
    with counted(engine) as more:
        assert len(lives(session, moment.day)) == 2
    assert len(more) <= len(few) <= 14


def test_the_lives_of_many_cases_are_kept_for_some_minutes(
    session: Session, scene: Scene, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(after_minutes: int) -> int:
        return len(kept.read(session, replace(moment, at=moment.at + timedelta(minutes=after_minutes))))

    _declined(session, scene, moment)
    kept = KeptLives()
    assert read(0) == 1
    _declined(session, scene, moment)
    assert read(0) == 2, "few cases are read anew each time"
    monkeypatch.setattr(reading, "FROM_CASES", 2)
    assert read(0) == 2
    _declined(session, scene, moment)
    assert (read(9), read(10)) == (2, 3)


def test_the_white_paper_counts_what_happened_in_the_year(session: Session, scene: Scene, moment: Moment) -> None:
    _declined(session, scene, moment)
    paper = white_paper(session, moment.day.year)
    found = {figure.what: figure for chapter in paper.chapters for figure in chapter.figures}
    assert [chapter.heading for chapter in paper.chapters] == list(Heading)
    assert set(found) == set(Known) == set(KNOWN)
    assert found[Known.SUGGESTIONS].kinds == {kind: int(kind is Kind.LOCAL_STANDARD) for kind in Kind}
    assert (found[Known.PROJECTS_REFUSED].value, found[Known.PUBLISHED].value) == (1, 0)
    assert found[Known.COMPLAINTS].value is None
    assert white_paper(session, moment.day.year - 1).chapters[0].figures[6].value == 0
    assert paper.years == (moment.day.year,)
