"""The search, with all that narrows it down in its address."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_moment, db, installation
from standards_wf.search.entries import SourceKind
from standards_wf.search.query import Sort
from standards_wf.services.reading.dashboard import STATES
from standards_wf.services.searching import Results, Wanted, find
from standards_wf.web.public.blueprint import bp
from standards_wf.wording import labels
from standards_wf.wording.language import Term
from standards_wf.workflow.vocabulary import Kind, Stage

Code = TypeVar("Code", bound=StrEnum)

LONGEST = 300
_LONGEST_CODE = 40
_LAST_PAGE = 100_000
_YEAR = 4
SOURCES: dict[SourceKind, Term] = {
    SourceKind.DOCUMENT: Term("标准文件", "Documents"),
    SourceKind.CONSULTATION: Term("征求意见", "Consultations"),
    SourceKind.FRAMEWORK_NODE: Term("体系框架", "Framework"),
}
SORTS: dict[Sort, Term] = {
    Sort.RELEVANCE: Term("按相关程度", "By relevance"),
    Sort.NEWEST: Term("新的在前", "Newest first"),
    Sort.NUMBER: Term("按编号", "By number"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow down to: its word, how many it leaves, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way of narrowing down."""

    name: str
    legend: str
    choices: tuple[Choice, ...]


@bp.get("/search")
def search() -> ResponseReturnValue:
    """Search documents, consultations and the framework."""
    return _answer("public.search", read_wanted())


@bp.get("/standards")
def standards() -> ResponseReturnValue:
    """All published documents, to be narrowed down."""
    return _answer("public.standards", replace(read_wanted(), sources=frozenset({SourceKind.DOCUMENT})))


def _answer(endpoint: str, wanted: Wanted) -> ResponseReturnValue:
    results = find(db.session(), installation().search, wanted, moment=current_moment())
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page" and value]
    return render_template(
        "public/search.html",
        page=results,
        endpoint=endpoint,
        address=_address(endpoint, kept),
        filtered=any(name not in {"q", "sort"} for name, _ in kept),
        unfiltered=_address(endpoint, [(name, value) for name, value in kept if name == "q"]),
        facets=tuple(facet for facet in _facets(results) if endpoint == "public.search" or facet.name != "source"),
        sorts=[(sort, SORTS[sort]) for sort in Sort if wanted.text or sort is not Sort.RELEVANCE],
        node_choices=_node_choices(results),
        node_addresses={
            code: url_for("public.node", code=code) for code in {item.node for item in results.items} if code
        },
    )


def _address(endpoint: str, kept: list[tuple[str, str]]) -> str:
    return url_for(endpoint) + (f"?{urlencode(kept)}" if kept else "")


def read_wanted() -> Wanted:
    """What the address asks for; what it cannot mean is passed over."""
    page = request.args.get("page", "")
    sort = request.args.get("sort", "")
    return Wanted(
        text=request.args.get("q", "")[:LONGEST].replace("\x00", " "),
        sources=_codes("source", SourceKind),
        kinds=_codes("kind", Kind),
        statuses=_codes("status", Stage),
        node=request.args.get("node", "")[:_LONGEST_CODE].replace("\x00", ""),
        years=frozenset(
            int(year)
            for year in request.args.getlist("year")
            if len(year) == _YEAR and year.isascii() and year.isdecimal()
        ),
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        page=min(int(page), _LAST_PAGE) if page.isascii() and page.isdecimal() and len(page) <= _YEAR * 2 else 1,
    )


def _codes(name: str, codes: type[Code]) -> frozenset[Code]:
    return frozenset(codes(text) for text in request.args.getlist(name) if text in set(codes))


def _facets(results: Results) -> tuple[Facet, ...]:
    """The ways of narrowing down that change anything; without an index they are offered without counts."""
    wanted, counts = results.wanted, results.facets
    rows: list[tuple[str, Term, list[tuple[str, str, int, bool]]]] = [
        (
            "source",
            Term("范围", "Where"),
            [(s, str(SOURCES[s]), counts.sources.get(s, 0), s in wanted.sources) for s in SourceKind],
        ),
        (
            "kind",
            Term("种类", "Kind"),
            [(k, str(labels.kind(k)), counts.kinds.get(k, 0), k in wanted.kinds) for k in Kind],
        ),
        (
            "status",
            Term("状态", "Status"),
            [
                (s, str(labels.stage(s)), counts.statuses.get(s, 0), s in wanted.statuses)
                for s in (*STATES, Stage.CONSULTATION)
            ],
        ),
        (
            "year",
            Term("年份", "Year"),
            [
                (str(year), str(year), counts.years.get(year, 0), year in wanted.years)
                for year in sorted(set(counts.years) | wanted.years, reverse=True)
            ],
        ),
    ]
    return tuple(
        Facet(name, str(legend), choices)
        for name, legend, values in rows
        if (choices := tuple(Choice(*value) for value in values if value[2] or value[3]))
    )


def _node_choices(results: Results) -> list[tuple[str, str]]:
    """The nodes that have something to find, and the one that is chosen."""
    counts = results.facets.nodes
    return [
        (code, f"{code} {name} ({counts[code]})" if code in counts else f"{code} {name}")
        for code, name in results.nodes
    ]
