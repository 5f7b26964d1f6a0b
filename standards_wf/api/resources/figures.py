"""The figures of time and deadlines, and those of a year: sums that name no person. Everybody may."""

from dataclasses import dataclass

from standards_wf.api.endpoints import Call, endpoint
from standards_wf.errors import NotFound
from standards_wf.request import kept_lives
from standards_wf.services.reading.figures import FiguresAsked, GroupFigure, LateFigure, figures
from standards_wf.services.reading.stays import UsualTime
from standards_wf.services.reading.white_paper import white_paper
from standards_wf.wording.white_paper import Heading, Known
from standards_wf.workflow.calendar import FIRST_DAY
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Stage
from standards_wf.workflow.waiting import Body

TAG = "figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresQuery:
    """Which cases; `demonstration` asks for those of the demonstration, which are left out where there are others."""

    kind: Kind | None = None
    committee: int | None = None
    year: int | None = None
    demonstration: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualAnswer:
    """Days; null where there are fewer than five cases."""

    cases: int
    median: int | None
    shortest: int | None
    longest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAnswer:
    """How many deadlines were met, met too late, are overdue, or still run; `share` is the part that is late."""

    in_time: int
    late: int
    overdue: int
    running: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFigureAnswer:
    """How long cases stay at a stage."""

    stage: Stage
    stays: int
    days: UsualAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFigureAnswer:
    """How many days cases waited for a body, and how many wait for it now."""

    body: Body
    stays: int
    days: int
    share: float
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFigureAnswer:
    """How the deadlines of one sort were met."""

    due: Due
    count: LateAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigureAnswer:
    """The cases of a kind, a committee or a year; `days` are those from the plan to the document."""

    key: str
    name: str
    cases: int
    under_way: int
    published: int
    days: UsualAnswer
    deadlines: LateAnswer
    late_cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresAnswer:
    """All figures of the cases asked for."""

    cases: int
    of_demonstration: bool
    left_out: int
    stages: tuple[StageFigureAnswer, ...]
    waits: tuple[WaitFigureAnswer, ...]
    deadlines: tuple[DeadlineFigureAnswer, ...]
    kinds: tuple[GroupFigureAnswer, ...]
    committees: tuple[GroupFigureAnswer, ...]
    years: tuple[GroupFigureAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearQuery:
    """Which sort of cases."""

    demonstration: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigureAnswer:
    """A figure of the year; null where this system does not keep it."""

    heading: Heading
    figure: Known
    value: int | None
    kinds: dict[Kind, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFigureAnswer:
    """The documents that came out in the year at a node."""

    node: str
    name: str
    kinds: dict[Kind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhitePaperAnswer:
    """The figures of a year under the seven headings of the white paper."""

    year: int
    of_demonstration: bool
    left_out: int
    figures: tuple[YearFigureAnswer, ...]
    nodes: tuple[NodeFigureAnswer, ...]
    categories: dict[MetrologyCategory, int]
    times: dict[Kind, UsualAnswer]


@endpoint("GET", "/figures", about="Time at each stage, whom cases wait for, and what is late.", tag=TAG, public=True)
def figures_of_cases(call: Call, query: FiguresQuery) -> FiguresAnswer:
    """The figures of the cases asked for."""
    asked = FiguresAsked(
        kind=query.kind, committee_id=query.committee, year=query.year, of_demonstration=query.demonstration
    )
    found = figures(kept_lives().read(call.session, call.moment), asked, call.moment.day)
    return FiguresAnswer(
        cases=found.cases,
        of_demonstration=found.of_demonstration,
        left_out=found.left_out,
        stages=tuple(
            StageFigureAnswer(stage=row.stage, stays=row.stays, days=_usual(row.usual)) for row in found.stages
        ),
        waits=tuple(
            WaitFigureAnswer(body=row.body, stays=row.stays, days=row.days, share=round(row.share, 4), now=row.now)
            for row in found.waits
        ),
        deadlines=tuple(DeadlineFigureAnswer(due=due, count=_late(late)) for due, late in found.lates),
        kinds=tuple(map(_group, found.kinds)),
        committees=tuple(map(_group, found.committees)),
        years=tuple(map(_group, found.years)),
    )


def _usual(usual: UsualTime) -> UsualAnswer:
    return UsualAnswer(cases=usual.cases, median=usual.median, shortest=usual.shortest, longest=usual.longest)


def _late(late: LateFigure) -> LateAnswer:
    share = None if late.share is None else round(late.share, 4)
    return LateAnswer(in_time=late.in_time, late=late.late, overdue=late.overdue, running=late.running, share=share)


def _group(row: GroupFigure) -> GroupFigureAnswer:
    return GroupFigureAnswer(
        key=row.key,
        name=row.name,
        cases=row.cases,
        under_way=row.under_way,
        published=row.published,
        days=_usual(row.usual),
        deadlines=_late(row.late),
        late_cases=row.late_cases.late,
    )


@endpoint("GET", "/figures/white-paper/{year}", about="What the register knows of a year.", tag=TAG, public=True)
def figures_of_year(call: Call, year: int, query: YearQuery) -> WhitePaperAnswer:
    """The figures of one year."""
    if not FIRST_DAY.year <= year <= call.moment.day.year:
        raise NotFound("year", year)
    page = white_paper(call.session, year, of_demonstration=query.demonstration)
    return WhitePaperAnswer(
        year=page.year,
        of_demonstration=page.of_demonstration,
        left_out=page.left_out,
        figures=tuple(
            YearFigureAnswer(
                heading=chapter.heading,
                figure=figure.what,
                value=figure.value,
                kinds=dict(figure.kinds) if figure.kinds is not None else None,
            )
            for chapter in page.chapters
            for figure in chapter.figures
        ),
        nodes=tuple(NodeFigureAnswer(node=code, name=name, kinds=dict(kinds)) for code, name, kinds in page.nodes),
        categories=dict(page.categories),
        times={kind: _usual(usual) for kind, usual in page.times.items()},
    )
