"""The calls and the plans of the demonstration: one call and the plans of each year, and a call that is open today."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.demo import questions
from standards_wf.demo.cast import ASSOCIATIONS, FIRST_DAY, Cast
from standards_wf.demo.hands import Hands
from standards_wf.services.calls import PrepareCall, Topic, prepare_call, publish_call
from standards_wf.services.plan_entries import BeginPlan, begin_plan
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.kinds import KINDS

AUTHORITY = "authority"
PLAN_MONTH, PLAN_DAY = 1, 10
OPEN_SINCE, OPEN_FOR = timedelta(days=12), timedelta(days=33)
_OF_AUTHORITY = tuple(row.kind for row in KINDS.values() if not row.issued_by_group)
_OF_GROUPS = tuple(row.kind for row in KINDS.values() if row.issued_by_group)
_TOPICS = (
    Topic("碳排放核算与监测方法", "S1"),
    Topic("能源计量器具的校准方法", "M2.1"),
    Topic("重点行业节能降碳的共性需要"),
)


def announce(hands: Hands, cast: Cast, today: date) -> None:
    """Publish the plans of every year that has begun, for the authority and each association, and the calls."""
    publishers = {AUTHORITY: _OF_AUTHORITY} | dict.fromkeys(ASSOCIATIONS, _OF_GROUPS)
    for year in range(FIRST_DAY.year, today.year + 1):
        published_on = date(year, PLAN_MONTH, PLAN_DAY)
        if published_on > today:
            continue
        for login, kinds in publishers.items():
            for number, kind in enumerate(kinds, start=1):
                command = BeginPlan(
                    publisher_id=_body_of(hands, cast, login),
                    kind=kind,
                    year=year,
                    number=f"演示〔{year}〕{number}号",
                    published_on=published_on,
                    is_demonstration=True,
                )
                hands.do(login, published_on, begin_plan, command)
    for year in (today.year - 1, today.year):
        _call(hands, cast, year, date(year - 1, 9, 1), date(year - 1, 10, 31))
    _call(hands, cast, today.year + 1, today - OPEN_SINCE, today + OPEN_FOR)


def _body_of(hands: Hands, cast: Cast, login: str) -> int:
    return hands.ask(questions.organization_of, cast.people[login]) or 0


def _call(hands: Hands, cast: Cast, year: int, opens_on: date, closes_on: date) -> None:
    command = PrepareCall(
        publisher_id=_body_of(hands, cast, AUTHORITY),
        year=year,
        number=f"演示〔{opens_on.year}〕9号",
        kinds=_OF_AUTHORITY,
        title_zh=f"{year}年度地方标准和地方计量技术规范立项指南（演示）",
        title_en=f"Call for suggestions {year} (demonstration)",
        text=(
            "围绕碳达峰碳中和的标准计量体系，公开征集立项建议。任何单位和个人都可以提出；"
            "建议应写明要解决的问题、适用的范围和已有的工作基础。经研究采纳的，由有关行政主管部门申请立项。"
        ),
        topics=_TOPICS,
        opens_on=opens_on,
        closes_on=closes_on,
        is_demonstration=True,
    )
    call = hands.do(AUTHORITY, opens_on, prepare_call, command)
    hands.do(AUTHORITY, opens_on, _publish, call.id)


def _publish(session: Session, call_id: int, *, actor: Actor, moment: Moment) -> None:
    publish_call(session, call_id, None, actor=actor, moment=moment)
