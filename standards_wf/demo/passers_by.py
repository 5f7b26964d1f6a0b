"""Who speaks up beside the cases: people who suggest the same, somebody who has not confirmed it, and a deputy."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.demo import questions
from standards_wf.demo.acts import Case
from standards_wf.demo.cast import Cast
from standards_wf.demo.hands import VISITOR_LOGIN, Hands
from standards_wf.models.confirmations import Letter
from standards_wf.services.deputies import NameDeputy, name_deputy
from standards_wf.services.gathering import MergeSuggestions, merge_suggestions
from standards_wf.services.merging import ToMerge
from standards_wf.services.public_suggestions import SendSuggestion, send_suggestion
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Kind

TITLES = (
    "可回收物收运车辆作业要求（演示）",
    "可回收物分拣中心计量要求（演示）",
    "可回收物压缩打包与转运要求（演示）",
)
MERGED = 2
GOES_ON = "recycling_logistics"
UNCONFIRMED = "回收物流托盘清洗要求（演示）"


def speak_up(cases: Mapping[str, Case], hands: Hands, cast: Cast, today: date, *, key: str, days: int) -> None:
    """Let them speak up in the days before today."""
    case = cases[GOES_ON]
    association = hands.ask(questions.organization_of, cast.people[case.parts.association])
    suggestions = tuple(_suggestion(title, association) for title in TITLES)
    filed = [
        hands.do(VISITOR_LOGIN, today - timedelta(days=4), file_suggestion, suggestion).id for suggestion in suggestions
    ]
    for project_id in filed:
        case.follow_on(today - timedelta(days=4), project_id)
    merging = MergeSuggestions(
        merged_into=case.project_id,
        suggestions=tuple(ToMerge(project_id) for project_id in filed[:MERGED]),
        note="内容相同，并入《可回收物物流作业规范》一并研究。（演示）",
    )
    hands.do(case.parts.association, today - timedelta(days=2), merge_suggestions, merging)
    for project_id in (*filed[:MERGED], case.project_id):
        case.follow_on(today - timedelta(days=2), project_id)

    def send(session: Session, command: SendSuggestion, *, actor: Actor, moment: Moment) -> None:  # noqa: ARG001
        send_suggestion(session, command, key=key, days=days, moment=moment)
        session.flush()
        # No mail of the demonstration leaves the house.
        session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(sent_at=moment.at))

    waiting = SendSuggestion(suggestion=_suggestion(UNCONFIRMED, association), email="passer-by@example.org")
    hands.do(VISITOR_LOGIN, today - timedelta(days=1), send, waiting)
    _name_deputy(hands, cast, today)


def _suggestion(title: str, association: int | None) -> FileSuggestion:
    return FileSuggestion(
        kind=Kind.GROUP_STANDARD,
        title_zh=title,
        text="各区做法不一，希望有统一的要求。（演示）",
        name="市民（演示）",
        contact="citizen@example.org",
        group_id=association,
        is_demonstration=True,
    )


def _name_deputy(hands: Hands, cast: Cast, today: date) -> None:
    """The secretary of a committee is away for some weeks; a member stands in."""
    since = today - timedelta(days=5)
    command = NameDeputy(
        principal_id=cast.people["secretary.carbon"],
        login="member1.carbon",
        valid_from=since,
        valid_to=since + timedelta(days=27),
    )
    hands.do("secretary.carbon", since, name_deputy, command)
