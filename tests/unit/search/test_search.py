from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from standards_wf.search.backend import Document
from standards_wf.search.entries import SourceKind
from standards_wf.search.query import Filters, Sort, parse_query
from standards_wf.search.results import Found
from standards_wf.search.whoosh_backend import WhooshBackend
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.unit.search.corpus import document
from tests.unit.search.test_query import NASTY

Index = Callable[[Iterable[Document]], WhooshBackend]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    def make(documents: Iterable[Document]) -> WhooshBackend:
        backend = WhooshBackend(tmp_path / "search")
        backend.rebuild(documents)
        return backend

    return make


def keys(found: Found) -> list[str]:
    return [hit.document_key.removeprefix("document:") for hit in found.hits]


CHARGING = document(
    1, "电动汽车充电桩使用中校准规范", number="JJF(沪) 12—2025", kind=Kind.METROLOGY_SPECIFICATION, node="M1.2.2",
    ancestors=("M", "M1", "M1.2"), title_en="Calibration specification for electric vehicle charging piles in service",
    scope="本规范适用于交流充电桩和直流充电桩的使用中校准。",
    clauses=(
        ("5.1", "工作误差", "充电桩的工作误差应不超过±2%。按照GB/T 18487.1—2015进行连接。"),
        ("5.2", "环境条件", "环境温度为（23±5）℃，相对湿度不大于80％。"),
    ),
)  # fmt: skip
ENERGY = document(
    2, "公共建筑用能限额设计", number="DB31/T 1234—2025", scope="本文件规定了公共建筑的用能限额。",
    clauses=(("4.1", "基本要求", "充电桩的用电量宜单独计量。"), ("4.2", "环境条件", "室内温度按设计温度计算。")),
)  # fmt: skip
OLD_ENERGY = document(
    3, "公共建筑用能限额设计", number="DB31/T 1234—2019", status=Stage.SUPERSEDED, year=2019,
    scope="本文件规定了公共建筑的用能限额。",
)  # fmt: skip
NODE = document(
    4, "计量技术规范", source=SourceKind.FRAMEWORK_NODE, node="M1.2", ancestors=("M", "M1"), year=None,
    scope="研制充电设施校准技术规范。",
)  # fmt: skip
ALL = (CHARGING, ENERGY, OLD_ENERGY, NODE)


def test_a_phrase_of_a_clause_leads_to_the_clause(index: Index) -> None:
    (hit,) = index(ALL).search(parse_query("“工作误差应不超过”")).hits
    assert hit.number == "JJF(沪) 12—2025"
    (highlight,) = hit.highlights
    assert (highlight.clause_label, highlight.anchor) == ("5.1", "clause-5.1")
    assert [piece.text for piece in highlight.fragments if piece.is_match] == ["工作误差应不超过"]
    assert highlight.text in "充电桩的工作误差应不超过±2%。按照GB/T 18487.1—2015进行连接。"


def test_a_match_in_a_heading_is_marked_there(index: Index) -> None:
    (hit, _) = index(ALL).search(parse_query("环境条件 温度")).hits
    (first, *_) = hit.highlights
    assert first.clause_label in {"4.2", "5.2"}
    assert [(piece.text, piece.is_match) for piece in first.title_fragments] == [("环境条件", True)]


def test_a_framework_node_is_found_by_its_code(index: Index) -> None:
    nodes = [("M1.2", "计量技术规范"), ("M1.2.2", "急需规范"), ("M1.3", "标准物质"), ("S1.2", "基础标准")]
    backend = index(
        document(place, name, number_text=code, source=SourceKind.FRAMEWORK_NODE, node=code)
        for place, (code, name) in enumerate(nodes)
    )
    assert keys(backend.search(parse_query("m1.2"))) == ["0"]
    assert keys(backend.search(parse_query("M1.2.2"))) == ["1"]


@pytest.mark.parametrize("typed", ["JJF(沪) 12—2025", "jjf沪12", "JJF（沪）12-2025", "JJF(沪)"])
def test_a_document_is_found_by_its_number_in_every_spelling(index: Index, typed: str) -> None:
    assert keys(index(ALL).search(parse_query(typed))) == ["1"]


def test_a_number_without_year_finds_every_edition_the_one_in_force_first(index: Index) -> None:
    backend = index(ALL)
    assert keys(backend.search(parse_query("db31t1234"))) == ["2", "3"]
    assert keys(backend.search(parse_query("DB31/T 1234—2019"))) == ["3"]
    assert keys(backend.search(parse_query("DB31/T 1235"))) == []


def test_a_document_is_found_by_a_number_that_it_cites(index: Index) -> None:
    backend = index(ALL)
    for typed in ("GB/T 18487.1", "gbt18487.1-2015"):
        (hit,) = backend.search(parse_query(typed)).hits
        assert [piece.text for piece in hit.highlights[0].fragments if piece.is_match] == ["GB/T 18487.1—2015"]


def test_number_comes_before_title_before_heading_before_text(index: Index) -> None:
    documents = [
        document(1, "甲规范", clauses=(("1", "总则", "碳计量 " * 50),)),
        document(2, "乙规范", clauses=(("1", "碳计量", "要求。"),)),
        document(3, "碳计量通则"),
        document(4, "丁规范", scope="碳计量"),
        document(5, "戊规范", number="DB31/T 7—2024", scope="无关"),
    ]
    backend = index(documents)
    assert keys(backend.search(parse_query("碳计量"))) == ["3", "2", "1", "4"]
    documents.append(document(6, "DB31/T 7 的解释", scope="按照DB31/T 7—2024执行"))
    assert keys(index(documents).search(parse_query("DB31/T 7"))) == ["5", "6"]


def test_of_equals_the_one_in_force_comes_first(index: Index) -> None:
    stages = [Stage.ABOLISHED, Stage.SUPERSEDED, Stage.UNDER_REVIEW, Stage.IN_FORCE, Stage.PUBLISHED]
    found = index(document(place, "碳汇术语", status=stage) for place, stage in enumerate(stages)).search(
        parse_query("碳汇")
    )
    assert [hit.status for hit in found.hits] == [
        Stage.IN_FORCE, Stage.PUBLISHED, Stage.UNDER_REVIEW, Stage.SUPERSEDED, Stage.ABOLISHED,
    ]  # fmt: skip


def test_all_words_are_asked_for_wherever_in_the_document_they_stand(index: Index) -> None:
    found = index(ALL).search(parse_query("用能限额 充电桩"))
    assert (keys(found), found.total, found.is_loosened) == (["2"], 1, False)


def test_where_nothing_holds_every_word_those_with_some_are_shown(index: Index) -> None:
    found = index(ALL).search(parse_query("工作误差 用能限额"))
    assert found.is_loosened
    assert set(keys(found)) == {"1", "2", "3"}


def test_unwanted_words_exclude_the_whole_document(index: Index) -> None:
    backend = index(ALL)
    assert set(keys(backend.search(parse_query("充电桩")))) == {"1", "2"}
    assert keys(backend.search(parse_query("充电桩 -用能限额"))) == ["1"]
    assert set(keys(backend.search(parse_query("-充电桩")))) == {"3", "4"}


def test_english_titles_are_found_by_any_form_of_the_word(index: Index) -> None:
    assert keys(index(ALL).search(parse_query("calibrating charging pile"))) == ["1"]


def test_full_width_and_half_width_are_the_same(index: Index) -> None:
    assert keys(index(ALL).search(parse_query("“（23±5）℃，相对湿度不大于80%”"))) == ["1"]


def test_a_single_character_is_found_at_the_beginning_and_end_of_a_run(index: Index) -> None:
    backend = index(
        [document(1, "甲", scope="桩。"), document(2, "乙", scope="充电桩"), document(3, "丙", scope="桩体")]
    )
    assert set(keys(backend.search(parse_query("桩")))) == {"1", "2", "3"}


def test_nothing_typed_shows_everything_and_the_newest_first(index: Index) -> None:
    found = index(ALL).search(parse_query(""))
    assert (keys(found), found.total) == (["1", "2", "3", "4"], 4)


def test_signs_alone_find_nothing(index: Index) -> None:
    assert index(ALL).search(parse_query("🚗 !!")).total == 0


@pytest.mark.parametrize("typed", NASTY)
def test_whatever_is_typed_is_answered(index: Index, typed: str) -> None:
    found = index(ALL).search(parse_query(typed))
    assert found.total >= len(found.hits)


@dataclass(frozen=True)
class Row:
    """The facts of one document of the test below, and whether the text sought is in it."""

    kind: Kind
    status: Stage
    nodes: tuple[str, ...]
    year: int
    holds: bool

    def passes(self, filters: Filters) -> bool:
        return (
            self.holds
            and (not filters.kinds or self.kind in filters.kinds)
            and (not filters.statuses or self.status in filters.statuses)
            and (not filters.nodes or bool(filters.nodes & set(self.nodes)))
            and (not filters.years or self.year in filters.years)
        )


ROWS = [
    Row(
        kind=list(Kind)[place % 3],
        status=(Stage.IN_FORCE, Stage.SUPERSEDED)[place % 2],
        nodes=(("S", "S1", "S1.1"), ("S", "S2"), ("M", "M1", "M1.2", "M1.2.2"))[place % 5 % 3],
        year=2020 + place % 4,
        holds=place % 7 != 0,
    )
    for place in range(120)
]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(kinds=frozenset({Kind.LOCAL_STANDARD, Kind.GROUP_STANDARD}), years=frozenset({2020, 2022, 2023})),
        Filters(statuses=frozenset({Stage.IN_FORCE}), nodes=frozenset({"S", "M1.2"})),
        Filters(nodes=frozenset({"S"}), kinds=frozenset({Kind.LOCAL_STANDARD}), years=frozenset({2021})),
    ],
)
def test_totals_and_counts_are_exact_under_filters(index: Index, filters: Filters) -> None:
    text = "温室气体"
    backend = index(
        document(place, "核算", kind=row.kind, status=row.status, node=row.nodes[-1], ancestors=row.nodes[:-1],
                 year=row.year, scope=text if row.holds else "氮", clauses=(("1", text, text),) * (row.holds * place % 3))
        for place, row in enumerate(ROWS)
    )  # fmt: skip
    expected = sum(row.passes(filters) for row in ROWS)
    pages = [backend.search(parse_query(text, filters=filters, page=page, per_page=7)) for page in range(1, 20)]
    assert {found.total for found in pages} == {expected}
    shown = [key for found in pages for key in keys(found)]
    assert len(shown) == len(set(shown)) == expected
    facets = pages[0].facets
    for_kinds = [row for row in ROWS if row.passes(replace(filters, kinds=frozenset()))]
    for_nodes = [row for row in ROWS if row.passes(replace(filters, nodes=frozenset()))]
    for_years = [row for row in ROWS if row.passes(replace(filters, years=frozenset()))]
    for_statuses = [row for row in ROWS if row.passes(replace(filters, statuses=frozenset()))]
    assert facets.kinds == Counter(row.kind for row in for_kinds)
    assert facets.nodes == Counter(node for row in for_nodes for node in row.nodes)
    assert facets.years == Counter(row.year for row in for_years)
    assert facets.statuses == Counter(row.status for row in for_statuses)
    assert facets.sources == Counter({SourceKind.DOCUMENT: expected} if expected else {})


def test_a_node_stands_for_its_descendants(index: Index) -> None:
    backend = index(ALL)
    assert set(keys(backend.search(parse_query("", filters=Filters(nodes=frozenset({"M1"})))))) == {"1", "4"}
    assert keys(backend.search(parse_query("", filters=Filters(nodes=frozenset({"M1.2.2"}))))) == ["1"]


def test_results_are_put_in_the_order_of_their_numbers(index: Index) -> None:
    backend = index(document(serial, "碳汇", number=f"DB31/T {serial}—2025") for serial in (100, 9, 20))
    assert keys(backend.search(parse_query("碳汇", sort=Sort.NUMBER))) == ["9", "20", "100"]


def test_the_newest_come_first_where_asked_for(index: Index) -> None:
    backend = index([document(1, "碳汇", year=2019), document(2, "其他", scope="碳汇", year=2025)])
    assert keys(backend.search(parse_query("碳汇"))) == ["1", "2"]
    assert keys(backend.search(parse_query("碳汇", sort=Sort.NEWEST))) == ["2", "1"]


def test_a_replaced_document_shows_only_its_new_text(index: Index) -> None:
    backend = index(ALL)
    backend.replace_document(*document(2, "公共建筑用能定额", scope="新的文本。"))
    assert keys(backend.search(parse_query("“用能限额”"))) == ["3"]
    assert keys(backend.search(parse_query("用能定额"))) == ["2"]
    backend.replace_document(*document(2, "公共建筑用能定额", scope="新的文本。"))
    assert backend.search(parse_query("")).total == 4


def test_a_removed_document_is_found_no_more(index: Index) -> None:
    backend = index(ALL)
    backend.remove("document:1")
    backend.remove("document:1")
    assert backend.search(parse_query("工作误差")).total == 0
    assert backend.document_keys() == {"document:2", "document:3", "document:4"}


def test_many_single_writes_find_what_one_rebuild_finds(tmp_path: Path, index: Index) -> None:
    documents = [document(place, f"碳汇{place}", scope="绿化" * (place % 5)) for place in range(60)]
    written = WhooshBackend(tmp_path / "written")
    for one in [*documents, *documents[10:20]]:
        written.replace_document(*one)
    written.remove("document:59")
    assert len(list((tmp_path / "written").glob("v*/*.seg"))) <= 17
    rebuilt = index(documents[:-1])
    for typed in ("碳汇", "绿化", "“化绿”", ""):
        query = parse_query(typed, per_page=100)
        assert keys(written.search(query)) == keys(rebuilt.search(query))


def test_an_index_of_no_documents_is_empty(index: Index) -> None:
    backend = index([])
    assert backend.search(parse_query("碳汇")).total == 0
    backend.remove("document:1")
    assert backend.search(parse_query("")).total == 0


def test_an_index_that_was_never_written_is_empty(tmp_path: Path) -> None:
    backend = WhooshBackend(tmp_path / "nowhere")
    assert backend.search(parse_query("充电桩")).total == 0
    assert backend.document_keys() == frozenset()
    assert not (tmp_path / "nowhere").exists()
