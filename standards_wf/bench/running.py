"""The benchmarks by name, and the rows of what they found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from standards_wf.bench.acts import MeasuredAct, measure_act
from standards_wf.bench.decade import Plan, play_decade
from standards_wf.bench.generated import throw_away
from standards_wf.bench.measuring import Pair
from standards_wf.bench.pages import measure_pages
from standards_wf.bench.searching import measure_search
from standards_wf.bench.texts import measure_texts
from standards_wf.errors import Invalid
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action, ReviewMode, Stage

ACT_GOAL = 3.0
PAGE_GOAL = 4.0
WRITING_GOAL = 1.5
READING_GOAL = 3.0

ACTS = (
    MeasuredAct(Action.APPLY, Stage.SUGGESTED),
    MeasuredAct(Action.START_APPRAISAL, Stage.APPLIED),
    MeasuredAct(Action.SUBMIT_FOR_REVIEW, Stage.RESOLUTION, ActFields(review_mode=ReviewMode.MEETING)),
)
"""An act of two guards, one of one, and one of three that opens a review besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; a ratio says how many times the plainest way of doing the same it takes, or counts what must not be."""

    name: str
    what: str
    value: str
    ratio: float | None = None
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; `None` for a figure that has none."""
        return None if self.goal is None or self.ratio is None else self.ratio <= self.goal

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as people read it, under the heading."""
        ratio = f"{self.ratio:.2f}×" if self.ratio is not None and self.goal != 0 else ""
        goal = ("0" if self.goal == 0 else f"≤ {self.goal:g}×") if self.goal is not None else ""
        verdict = {None: "", True: t("达到", "met"), False: t("未达到", "not met")}[self.met]
        return (self.name, self.what, self.value, ratio, goal, verdict)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is generated, and how often it is measured."""

    pairs: int = 200
    documents_on_page: int = 100
    documents_indexed: int = 1000
    rounds: int = 20
    texts: int = 20
    decade: Plan = field(default_factory=Plan)


def heading() -> tuple[str, ...]:
    """The head of the table in which the rows are shown."""
    return (t("名称", "name"), t("内容", "what"), t("结果", "value"), t("倍数", "ratio"), t("目标", "goal"), "")


def run(
    names: Sequence[str] = (), progress: Callable[[str], None] = lambda _: None, size: Size | None = None
) -> tuple[Row, ...]:
    """Run the benchmarks of these names, the quick ones where none is named; `progress` is told what is being measured.

    Raises Invalid for a name that no benchmark has.
    """
    for name in names:
        if name not in BENCHMARKS:
            raise Invalid({"name": Refusal(FieldProblem.NOT_A_CHOICE, given=name, choices=tuple(BENCHMARKS))})
    rows: list[Row] = []
    for name in dict.fromkeys(names or QUICK):
        progress(t("正在测量：{name} …", "Measuring {name} …", name=name))
        rows += [replace(row, name=name) for row in BENCHMARKS[name](size or Size())]
    return tuple(rows)


def _act(size: Size) -> Iterator[Row]:
    with throw_away() as made:
        for act in ACTS:
            what = t(
                "一次“{act}”，对比手写的四条语句",
                "“{act}” once, against its four statements by hand",
                act=labels.action(act.action),
            )
            yield _compared(what, measure_act(made, act, pairs=size.pairs), ACT_GOAL)


def _pages(size: Size) -> Iterator[Row]:
    with throw_away() as made:
        project, search = measure_pages(made, pairs=size.pairs, documents=size.documents_on_page)
    words = t("项目页，对比只查一次的空白页", "the project page, against an empty page with one query")
    yield _compared(words, project, PAGE_GOAL)
    words = t("检索页（20 条结果），对比同一空白页", "the search page (20 results), against the same")
    yield _compared(words, search, PAGE_GOAL)


def _search(size: Size) -> Iterator[Row]:
    figures = measure_search(size.documents_indexed, rounds=size.rounds)
    many = size.documents_indexed
    yield _figure(
        t("建立索引，共 {many} 份文件", "indexing {many} documents", many=many),
        t("每秒 {rate:.0f} 份", "{rate:.0f} documents/s", rate=figures.indexed_per_second),
    )
    yield _figure(t("替换一份文件", "replacing one document"), _milliseconds(figures.one_replaced))
    yield _figure(t("检索，中位数", "a query, median"), _milliseconds(figures.p50))
    yield _figure(t("检索，第 95 百分位", "a query, 95th percentile"), _milliseconds(figures.p95))
    for name, ratio in (("LIKE", figures.against_like), ("FTS5", figures.against_fts)):
        what = t("检索，对比 SQLite {name}", "a query, against SQLite {name}", name=name)
        yield Row(name="", what=what, value="", ratio=ratio)


def _texts(size: Size) -> Iterator[Row]:
    found = measure_texts(pairs=size.texts)
    words = t("写出一份四十页的文本，对比仅用 docxtpl 填充", "writing a text of forty pages, against docxtpl alone")
    yield _compared(words, found.writing, WRITING_GOAL)
    words = t("读取同一文本，对比 python-docx 遍历", "reading the same, against python-docx going over it")
    yield _compared(words, found.reading, READING_GOAL)
    for name, megabytes in found.memory.items():
        yield _figure(t("内存增量：{name}", "memory on top: {name}", name=name), f"{megabytes:.1f} MB")


def _decade(size: Size) -> Iterator[Row]:
    """The simulated years: nothing is measured but whether everything went as the rules say."""
    judged = play_decade(size.decade)
    what = t(
        "模拟 {years} 年、{cases} 个项目，与规则不符之处",
        "{years} simulated years with {cases} cases: what is not as the rules say",
        years=size.decade.years,
        cases=size.decade.cases,
    )
    found = len(judged.faults)
    yield Row(name="", what=what, value=str(found), ratio=float(found), goal=0)
    for fault in judged.faults:
        yield Row(name="", what=fault, value="")
    for name, number in judged.counts.items():
        yield _figure(name, str(number))


BENCHMARKS: dict[str, Callable[[Size], Iterator[Row]]] = {
    "act": _act,
    "pages": _pages,
    "search": _search,
    "texts": _texts,
    "decade": _decade,
}
QUICK = ("act", "pages", "search", "texts")
"""Those that take minutes at most; the simulated years are run where they are named."""


def _compared(what: str, pair: Pair, goal: float) -> Row:
    value = f"{_milliseconds(pair.ours)} : {_milliseconds(pair.plain)}"
    return Row(name="", what=what, value=value, ratio=pair.ratio, goal=goal)


def _figure(what: str, value: str) -> Row:
    return Row(name="", what=what, value=value)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
