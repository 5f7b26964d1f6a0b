"""The series of document numbers through the API."""

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.services.access import actor_of
from standards_wf.services.held_numbers import HoldNumber, hold_number
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.series import HeldState
from tests.api.callers import Api
from tests.support.scene import Scene


def test_who_publishes_reads_the_series_with_what_is_held(
    api: Api, session: Session, scene: Scene, moment: Moment
) -> None:
    clerk = actor_of(session, scene.people["clerk"], moment.day)
    command = HoldNumber(series="DB31/T", number="DB31/T 13", reason="曾错印", state=HeldState.UNUSABLE)
    with unit_of_work(session):
        hold_number(session, command, actor=clerk, moment=moment)
    everything = api.get("clerk", "/numbers")
    assert everything["total"] == 7
    (local,) = api.get("clerk", "/numbers?series=DB31/T")["items"]
    assert (local["series"], local["last_number"], local["gaps"]) == ("DB31/T", "", [])
    (held,) = local["held"]
    assert (held["number"], held["state"], held["reason"], held["by"]) == (
        "DB31/T 13", "unusable", "曾错印", "主管机关经办人",
    )  # fmt: skip


def test_who_publishes_nothing_reads_no_series(api: Api) -> None:
    assert api.get("department", "/numbers")["items"] == []
    assert api.get("association", "/numbers")["items"][0]["series"] == "T/SLXH"
    assert api.get("clerk", "/numbers?series=T/SLXH")["items"] == []
