"""Deadlines as data and as a calendar; suspending a project and resuming it."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import ConsultationRound
from tests.api.callers import Api
from tests.services.situations import in_consultation
from tests.support.planned import planned_project


@pytest.fixture
def late(api: Api, session: Session) -> int:
    """A project whose day of completion was ten days ago."""
    return planned_project(session, api.scene, api.now, days=-10)


def test_what_is_overdue_is_listed_with_how_it_was_counted_and_in_whose_hands_it_lies(
    api: Api, session: Session, late: int
) -> None:
    soon = planned_project(session, api.scene, api.now, days=20)
    found = api.get("secretary", "/deadlines?overdue=true")
    assert [(each["project_id"], each["deadline"]["days_late"]) for each in found["items"]] == [(late, 10)]
    assert found["items"][0]["deadline"]["overdue"] is True
    assert "committee_secretary" in found["items"][0]["roles"]
    found = api.get("secretary", "/deadlines?within=30&kind=local_standard&due=completion&per_page=1&page=2")
    assert found["total"] == 2
    assert found["items"][0]["project_id"] == soon
    assert api.get("stranger", "/deadlines")["items"] == []
    assert api.ask(None, "GET", "/deadlines").status_code == 401
    assert api.ask("secretary", "GET", "/deadlines?due=nonsense").status_code == 422


def test_a_project_is_suspended_and_resumed_and_tells_by_how_much_it_moved(api: Api, session: Session) -> None:
    project = planned_project(session, api.scene, api.now, days=100)
    address, headers = f"/projects/{project}/suspension", {"If-Match": "*"}
    assert api.ask("clerk", "POST", address, json={"note": "x"}).status_code == 428
    assert api.ask("clerk", "POST", address, json={"note": " "}, headers=headers).status_code == 422
    assert api.ask("secretary", "POST", address, json={"note": "x"}, headers=headers).status_code == 403
    assert api.ask("stranger", "POST", address, json={"note": "x"}, headers=headers).status_code == 404
    assert api.ask("clerk", "POST", address, json={"note": "x"}, headers={"If-Match": '"1"'}).status_code == 412
    assert api.ask("clerk", "DELETE", address, headers=headers).get_json()["refusals"][0]["code"] == "not_suspended"

    begun = api.ask("clerk", "POST", address, json={"note": "等待上位法修订"}, headers=headers)
    assert begun.get_json()["suspension"]["reason"] == "等待上位法修订"
    actions = {each["action"]: each["allowed"] for each in begun.get_json()["actions"]}
    assert actions == {name: name == "terminate" for name in actions}
    again = api.ask("clerk", "POST", address, json={"note": "x"}, headers=headers)
    assert (again.status_code, again.get_json()["refusals"][0]["code"]) == (409, "already_suspended")

    api.clock.advance(timedelta(days=30))
    ended = api.ask("clerk", "DELETE", address, headers={"If-Match": begun.headers["ETag"]}).get_json()
    assert ended["suspension"] is None
    due = ended["deadlines"][0]
    assert (due["due"], due["suspended_days"], due["days_left"]) == ("completion", 30, 100)
    assert due["on"] > due["planned_on"]


def test_a_running_consultation_stands_against_a_suspension_with_its_last_day(api: Api, session: Session) -> None:
    case = in_consultation(session, api.now)
    closes_on = session.scalars(select(ConsultationRound.closes_on)).one()
    api.scene.people["authority of the case"] = case.authority
    answer = api.ask(
        "authority of the case",
        "POST",
        f"/projects/{case.project_id}/suspension",
        json={"note": "x"},
        headers={"If-Match": "*"},
    )
    refusal = answer.get_json()["refusals"][0]
    assert (answer.status_code, refusal["code"]) == (409, "consultation_runs")
    assert refusal["params"]["closes_on"] == closes_on.isoformat()


def test_the_calendar_of_the_public_holds_public_days_and_that_of_a_person_what_the_person_may_see(
    api: Api, session: Session, late: int
) -> None:
    consulted = in_consultation(session, api.now)

    def events(login: str | None) -> dict[str, str]:
        answer = api.ask(login, "GET", "/calendar.ics")
        assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
        found = Calendar.from_ical(answer.data).walk("VEVENT")
        return {str(event["uid"]).partition("@")[0]: str(event.decoded("dtstart")) for event in found}

    closes_on = session.scalars(select(ConsultationRound.closes_on)).one()
    public = f"deadline-{consulted.project_id}-consultation_closes"
    assert events(None) == {public: closes_on.isoformat()}
    own = f"deadline-{late}-completion"
    assert set(events("secretary")) == {own}
    assert events("stranger") == {}
    assert api.ask(None, "GET", "/calendar.ics?key=guessed").status_code == 404

    before = events("secretary")[own]
    headers = {"If-Match": "*"}
    api.ask("clerk", "POST", f"/projects/{late}/suspension", json={"note": "x"}, headers=headers)
    api.clock.advance(timedelta(days=5))
    assert events("secretary")[own] > before
