"""The demonstration texts cover the plan and obey the drafting rules that the system itself teaches."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

import pytest
import yaml

import standards_wf
from standards_wf.demo.clauses import clauses_of
from standards_wf.demo.texts import (
    AnnexNature,
    ClauseKind,
    DemoClause,
    DemoFormula,
    DemoTable,
    DemoText,
    Extent,
    load_texts,
)
from standards_wf.documents.clauses import ClauseKind as PrintedKind
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory

PLAN = Path(standards_wf.__path__[0]) / "framework" / "framework.yaml"
TEXTS = load_texts()
WRITTEN = [text for text in TEXTS if text.extent is not Extent.APPLICATION]
WHOLE = [text for text in TEXTS if text.extent is Extent.WHOLE]
BUDGETS = [text for text in TEXTS if text.budget]
CALIBRATIONS = [text for text in WRITTEN if text.category is MetrologyCategory.CALIBRATION_SPECIFICATION]
CHAPTERS_OF_A_CALIBRATION = (
    "范围",
    "引用文件",
    "术语和计量单位",
    "概述",
    "计量特性",
    "校准条件",
    "校准项目和校准方法",
    "校准结果表达",
    "复校时间间隔",
)
CITATION = re.compile(
    r"(?<![A-Za-z/])(?:GB|JJF|JJG|HJ|JGJ|MH|JT|JTS|WB|NY|LY|CJJ|RB|DB31|ISO|IEC|SB)(?:/T)? ?\d+(?:[.-]\d+)*"
)


def each(texts: list[DemoText]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", texts, ids=lambda text: text.slug)


def tables(text: DemoText) -> Iterator[DemoTable]:
    return (block for clause in text.clauses for block in clause.blocks if isinstance(block, DemoTable))


def prose(text: DemoText) -> str:
    """Everything that is said in the clauses, without the captions of the tables."""
    blocks = (block for clause in text.clauses for block in (clause.title, clause.english, *clause.blocks))
    return "\n".join(
        "\n".join("\t".join(row) for row in block.rows)
        if isinstance(block, DemoTable)
        else block
        if isinstance(block, str)
        else block.text
        for block in blocks
    )


def parent_of(label: str) -> str:
    if label.startswith("附录"):
        return ""
    parent = label.rpartition(".")[0]
    return f"附录{parent}" if len(parent) == 1 and parent.isalpha() else parent


def children_of(text: DemoText, label: str) -> list[DemoClause]:
    return [clause for clause in text.clauses if clause.label and parent_of(clause.label) == label]


def chapters_of(text: DemoText) -> tuple[str, ...]:
    return tuple(clause.title for clause in text.clauses if clause.label.isdigit())


def lists_references(clause: DemoClause) -> bool:
    return clause.title in {"规范性引用文件", "引用文件"} or clause.kind is ClauseKind.BIBLIOGRAPHY


def cited(paragraphs: Iterator[str]) -> set[str]:
    return {match.replace(" ", "") for paragraph in paragraphs for match in CITATION.findall(paragraph)}


@each(WRITTEN)
def test_the_papers_are_printed_from_the_same_clauses(text: DemoText) -> None:
    printed = clauses_of(text)
    assert [clause.label for clause in printed] == [clause.label.removeprefix("附录") for clause in text.clauses]
    assert {clause.label for clause in printed if clause.kind is PrintedKind.CHAPTER} == {
        clause.label for clause in text.clauses if clause.label.isdigit()
    }
    for demo, clause in zip(text.clauses, printed, strict=True):
        assert len(clause.blocks) == len(demo.blocks)
        assert clause.title.startswith(demo.title)
        assert clause.title.endswith(demo.english)


def test_every_named_deliverable_of_the_plan_is_played_exactly_once() -> None:
    plan = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
    named = Counter((node["code"], item["name"]) for node in plan["nodes"] for item in node["named_deliverables"])
    assert named.total() == 47
    assert Counter((text.node, text.deliverable) for text in TEXTS if text.deliverable) == named


def test_all_three_kinds_are_well_represented() -> None:
    kinds = Counter(text.kind for text in TEXTS)
    assert kinds[Kind.GROUP_STANDARD] >= 10
    assert kinds[Kind.METROLOGY_SPECIFICATION] >= 8
    assert kinds[Kind.LOCAL_STANDARD] >= 20
    assert {text.kind for text in WHOLE} == set(Kind)
    assert len(WHOLE) >= 15


def test_slugs_and_titles_are_unique_and_what_is_replaced_exists() -> None:
    slugs = {text.slug for text in TEXTS}
    assert len(slugs) == len(TEXTS)
    titles = {text.title_zh for text in TEXTS if text.deliverable}
    assert len(titles) == 47
    for text in TEXTS:
        assert text.replaces is None or text.replaces in slugs
        assert bool(text.main_changes) == bool(text.replaces), text.slug
        assert bool(text.foreword and text.foreword.history) == bool(text.replaces), text.slug


def test_departments_that_propose_are_those_of_the_plan() -> None:
    plan = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
    departments = {department["short"] for department in plan["departments"]}
    for text in WRITTEN:
        assert text.foreword
        assert (text.foreword.proposer in departments) == (text.kind is not Kind.GROUP_STANDARD), text.slug
        assert text.foreword.committee.endswith("（演示）")


def test_an_earlier_edition_is_replaced_by_a_text_of_its_own_kind_that_says_where_it_changed() -> None:
    by_slug = {text.slug: text for text in TEXTS}
    revisions = [text for text in TEXTS if text.replaces]
    assert revisions
    for text in revisions:
        old = by_slug[text.replaces or ""]
        assert old.edition
        assert old.kind is text.kind
        for change in text.main_changes:
            for where, edition in ((text, "见"), (old, f"{old.edition}年版的")):
                label = re.search(rf"{edition}(\d+(?:\.\d+)*|附录[A-Z])", change)
                if label:
                    assert label[1] in {clause.label for clause in where.clauses}, change


@each(list(TEXTS))
def test_the_particulars_are_filled_in(text: DemoText) -> None:
    particulars = (text.purpose, text.necessity, text.scope_summary, text.technical_content, text.relation_to_laws)
    assert all(len(value) >= 20 and value.endswith("。") for value in particulars), particulars
    assert re.fullmatch(r"\d\d(\.\d{3}(\.\d\d)?)?", text.ics)
    assert re.fullmatch(r"[A-HJ-NP-Z] \d\d", text.ccs)
    assert bool(text.category) == (text.kind is Kind.METROLOGY_SPECIFICATION)
    assert text.drafting_units
    assert all(unit.endswith("（演示）") for unit in text.drafting_units)


@each(WRITTEN)
def test_no_part_of_a_text_is_empty(text: DemoText) -> None:
    assert text.clauses
    headings = tuple(section.heading for section in text.explanatory_note)
    assert headings == headings_of(text.kind, is_revision=bool(text.replaces))
    assert all(section.text.endswith("。") for section in text.explanatory_note)
    assert len(text.comments) >= 2
    assert text.foreword
    assert text.foreword.drafters
    for clause in text.clauses:
        assert clause.blocks or children_of(text, clause.label), clause.label
        assert all(paragraph.strip() for paragraph in clause.paragraphs)
    for table in tables(text):
        assert len(table.rows) >= 2, table.caption
        assert {len(row) for row in table.rows} == {len(table.rows[0])}, table.caption
        assert all(cell.strip() for row in table.rows for cell in row), table.caption


@each(WRITTEN)
def test_labels_are_continuous_and_stand_in_order(text: DemoText) -> None:
    counted: Counter[str] = Counter()
    letters = iter("ABCDEFGH")
    known = {""}
    for clause in text.clauses:
        if clause.kind is ClauseKind.BIBLIOGRAPHY:
            assert clause is text.clauses[-1]
            continue
        parent = parent_of(clause.label)
        assert parent in known, f"{clause.label} stands before {parent}"
        if clause.kind is ClauseKind.ANNEX:
            assert clause.label == f"附录{next(letters)}"
        else:
            counted[parent] += 1
            assert int(clause.label.rpartition(".")[2]) == counted[parent], clause.label
        known.add(clause.label)


@each(WRITTEN)
def test_clauses_of_one_parent_are_several_and_all_titled_or_all_untitled(text: DemoText) -> None:
    for clause in text.clauses:
        children = children_of(text, clause.label) if clause.label else []
        if children:
            assert len(children) > 1, f"{clause.label} has a single clause"
            assert len({bool(child.title) for child in children}) == 1, clause.label
            assert clause.kind is ClauseKind.TERMS or not clause.blocks, f"{clause.label} has hanging paragraphs"


@each(WRITTEN)
def test_the_required_chapters_are_there(text: DemoText) -> None:
    chapters = chapters_of(text)
    if text.kind is Kind.METROLOGY_SPECIFICATION:
        assert chapters[:2] == CHAPTERS_OF_A_CALIBRATION[:2]
        assert text.basis
    else:
        assert chapters[:3] == ("范围", "规范性引用文件", "术语和定义")
    assert len(chapters) >= 5 or text.title_zh.endswith("术语")


@each(CALIBRATIONS)
def test_a_calibration_specification_has_the_chapters_and_annexes_of_its_drafting_rule(text: DemoText) -> None:
    chapters = chapters_of(text)
    assert chapters == CHAPTERS_OF_A_CALIBRATION
    annexes = " ".join(clause.title for clause in text.clauses if clause.kind is ClauseKind.ANNEX)
    assert all(word in annexes for word in ("记录", "证书", "不确定度"))


@each(WRITTEN)
def test_every_table_and_formula_that_is_mentioned_exists_and_every_one_is_mentioned(text: DemoText) -> None:
    said = prose(text)
    captions = [table.caption.split()[0] for table in tables(text)]
    assert len(set(captions)) == len(captions)
    assert set(re.findall(r"表(?:[A-Z]\.)?\d+", said)) == set(captions)
    numbers = re.findall(r"……（((?:[A-Z]\.)?\d+)）$", said, re.MULTILINE)
    assert len(set(numbers)) == len(numbers)
    assert set(re.findall(r"式（((?:[A-Z]\.)?\d+)）", said)) == set(numbers)
    assert not re.search(r"图 ?(?:[A-Z]\.)?\d", said)
    for series in ("", *"ABCDEFGH"):
        for found in (captions, [f"式{number}" for number in numbers]):
            prefix = f"[表式]{series}\\." if series else "[表式]"
            own = [int(label.rpartition(".")[2].lstrip("表式")) for label in found if re.match(rf"{prefix}\d", label)]
            assert own == list(range(1, len(own) + 1)), f"{text.slug} {series}"


@each(WRITTEN)
def test_every_formula_is_followed_by_the_meaning_of_its_symbols(text: DemoText) -> None:
    for clause in text.clauses:
        for position, block in enumerate(clause.blocks):
            if isinstance(block, DemoFormula):
                following = [later for later in clause.blocks[position + 1 :] if isinstance(later, str)]
                same = "式中各符号" in " ".join(following) or clause.kind is ClauseKind.ANNEX_CLAUSE
                assert same or "式中：" in following, block


@each(WRITTEN)
def test_every_annex_has_a_nature_and_is_mentioned_in_the_text(text: DemoText) -> None:
    said = prose(text)
    for clause in text.clauses:
        assert (clause.nature is not None) == (clause.kind is ClauseKind.ANNEX), clause.label
        if clause.kind is ClauseKind.ANNEX:
            assert clause.label in said, f"{clause.label} is never mentioned"
            if clause.nature is AnnexNature.INFORMATIVE:
                assert not re.search(rf"符合{clause.label}的规定", said)


@each(WRITTEN)
def test_clauses_that_are_pointed_to_exist(text: DemoText) -> None:
    labels = {clause.label for clause in text.clauses}
    bare = CITATION.sub("", prose(text))
    pointed = re.findall(r"(?:见|按|在|满足|符合)(\d+\.\d+(?:\.\d+)*)(?=的|中|规定|要求|[，。；）]|测)", bare)
    assert set(pointed) <= labels, set(pointed) - labels


@each(WRITTEN)
def test_what_is_cited_is_listed_and_what_is_listed_is_cited(text: DemoText) -> None:
    listed = cited(line for clause in text.clauses if lists_references(clause) for line in clause.paragraphs)
    used = cited(line for clause in text.clauses if not lists_references(clause) for line in clause.paragraphs)
    assert used <= listed, f"cited but not listed: {used - listed}"
    normative = cited(
        line
        for clause in text.clauses
        if lists_references(clause) and clause.kind is not ClauseKind.BIBLIOGRAPHY
        for line in clause.paragraphs
    )
    assert normative <= used, f"listed but not cited: {normative - used}"


@each(WRITTEN)
def test_the_wording_is_that_of_the_drafting_rules(text: DemoText) -> None:
    said = prose(text)
    assert not re.search(r"本标准(?!准)|必须|严禁|尽量|下文|详见", said)
    own, foreign = ("本规范", "本文件") if text.kind is Kind.METROLOGY_SPECIFICATION else ("本文件", "本规范")
    if text.category is MetrologyCategory.VERIFICATION_REGULATION:
        own = "本规程"
    assert own in said
    assert foreign not in said
    scope = text.clauses[0]
    assert not re.search(r"(?<![感供对适响])应(?!用|急|对)|宜|不得", "".join(scope.paragraphs)), (
        "the scope states, it does not require"
    )
    assert "适用于" in "".join(scope.paragraphs)


@each(WRITTEN)
def test_list_items_are_continuous_and_end_as_lists_end(text: DemoText) -> None:
    for clause in text.clauses:
        items = [block for block in clause.blocks if isinstance(block, str) and re.match(r"[a-z]\) ", block)]
        assert [item[0] for item in items] == list("abcdefghijklmnop"[: len(items)]), clause.label
        assert all(item[-1] in "；。" for item in items), clause.label
        assert not items or items[-1][-1] == "。", clause.label


@each(WRITTEN)
def test_a_term_has_its_english_and_a_definition(text: DemoText) -> None:
    for clause in text.clauses:
        assert bool(clause.english) == (clause.kind is ClauseKind.TERM), clause.label
        if clause.kind is ClauseKind.TERM:
            assert clause.paragraphs
            assert clause.title
            assert not clause.paragraphs[0].startswith(("是指", "指"))


@each(WHOLE)
def test_a_whole_text_has_the_length_of_a_real_one(text: DemoText) -> None:
    assert 2_500 <= len("".join(prose(text).split())) <= 6_000
    assert list(tables(text))
    assert any(clause.kind is ClauseKind.ANNEX for clause in text.clauses)
    assert 4 <= len(text.comments) <= 8


@each(WRITTEN)
def test_comments_point_into_the_text_and_are_answered(text: DemoText) -> None:
    labels = {clause.label for clause in text.clauses} | {"全文", "前言", "引言"}
    for comment in text.comments:
        assert comment.clause in labels, comment.clause
        assert comment.text
        assert comment.proposed_change
        assert comment.reason
        assert comment.organization.endswith("（演示）")


@each(BUDGETS)
def test_the_uncertainty_example_adds_up(text: DemoText) -> None:
    budget = text.budget
    assert budget
    spread = statistics.stdev(budget.readings)
    assert spread == pytest.approx(budget.standard_deviation, rel=0.02)
    combined = sqrt(sum(component**2 for component in budget.components))
    assert combined == pytest.approx(budget.combined, rel=0.02)
    assert budget.coverage_factor * combined == pytest.approx(budget.expanded, rel=0.04)


@each(BUDGETS)
def test_the_figures_of_the_uncertainty_example_are_those_of_the_text(text: DemoText) -> None:
    budget = text.budget
    assert budget
    annex = next(c.label[-1] for c in text.clauses if c.kind is ClauseKind.ANNEX and "不确定度" in c.title)
    example = "".join(
        paragraph
        for clause in text.clauses
        if clause.label.startswith((f"{annex}.", f"附录{annex}"))
        for paragraph in clause.paragraphs
    )
    figures = {float(found.replace(" ", "")) for found in re.findall(r"\d[\d ]*(?:\.[\d ]*\d)?", example)}
    claimed = {*budget.readings, budget.standard_deviation, *budget.components, budget.combined, budget.expanded}
    assert claimed <= figures, claimed - figures


def test_every_calibration_specification_has_a_worked_uncertainty_example() -> None:
    assert {text.slug for text in CALIBRATIONS if text.extent is Extent.WHOLE} <= {text.slug for text in BUDGETS}


@each(WRITTEN)
def test_tables_and_annexes_are_mentioned_before_they_appear_and_in_their_order(text: DemoText) -> None:
    said = ""
    annexes: list[str] = []
    for clause in text.clauses:
        for block in clause.blocks:
            if isinstance(block, DemoTable):
                assert block.caption.split()[0] in said, block.caption
            elif isinstance(block, str):
                said += block
                annexes += [label for label in re.findall(r"附录[A-Z]", block) if label not in annexes]
    assert annexes == sorted(annexes)


@each(WRITTEN)
def test_national_standards_are_listed_in_the_order_of_their_numbers(text: DemoText) -> None:
    references = next(clause for clause in text.clauses if lists_references(clause))
    numbers = [
        tuple(int(part) for part in found[1].split("."))
        for line in references.paragraphs
        if (found := re.match(r"GB(?:/T)? (\d+(?:\.\d+)?)", line))
    ]
    assert numbers == sorted(numbers)


@each([text for text in WRITTEN if text.kind is not Kind.METROLOGY_SPECIFICATION])
def test_what_only_informs_requires_nothing(text: DemoText) -> None:
    informative = False
    for clause in text.clauses:
        if clause.kind is ClauseKind.ANNEX:
            informative = clause.nature is AnnexNature.INFORMATIVE
        for paragraph in clause.paragraphs:
            if informative or paragraph.startswith(("注：", "示例：")):
                assert not re.search(r"(?<![感供对适响])应(?![用对])", paragraph), paragraph


@each(WRITTEN)
def test_numbers_and_units_are_set_as_the_rules_set_them(text: DemoText) -> None:
    bare = re.sub(r"\d{4}年", "", CITATION.sub("", prose(text)))
    assert not re.findall(r"(?<![\d.—])(?!19|20)\d{4,}", bare)
    assert not re.search(r"\d(?:%|℃|kg|mm|min|kW|Pa|Hz)", bare)
