"""The first checks find what is wrong, and nothing in a text that is right."""

import pytest

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Cover, Tree
from standards_wf.documents.format_check import Severity, check
from standards_wf.documents.reading import ReadClause, ReadDraft, read_clauses
from standards_wf.documents.render import render
from standards_wf.workflow.vocabulary import Kind
from tests.unit.documents.samples import CALIBRATION, LOCAL_STANDARD

LOCAL, METROLOGY = Kind.LOCAL_STANDARD, Kind.METROLOGY_SPECIFICATION


def draft(*headings: str) -> ReadDraft:
    """A text of headings such as 前言, 1 范围, 2 要求."""
    named = {"前言": ClauseKind.FOREWORD, "引言": ClauseKind.INTRODUCTION}
    clauses = []
    for position, heading in enumerate(headings, start=1):
        label, _, title = heading.rpartition(" ")
        kind = named.get(title, ClauseKind.CHAPTER)
        clauses.append(ReadClause(position, label, title, "", 1, f"c{position}", kind))
    return ReadDraft(Tree(cover=Cover(title="题目"), sections=()), tuple(clauses))


def rules(read: ReadDraft, kind: Kind) -> list[tuple[str, str]]:
    findings = check(read, kind)
    assert all(finding.severity is Severity.ERROR for finding in findings)
    assert all(finding.message.zh and finding.message.en and finding.suggestion.en for finding in findings)
    return [(finding.rule, finding.clause) for finding in findings]


def test_right_texts_give_no_finding() -> None:
    assert check(read_clauses(render(LOCAL_STANDARD.paper, LOCAL_STANDARD)), LOCAL) == ()
    assert check(read_clauses(render(CALIBRATION.paper, CALIBRATION)), METROLOGY) == ()
    assert check(draft("前言", "1 范围", "2 规范性引用文件", "3 要求"), Kind.GROUP_STANDARD) == ()
    assert check(draft("引言", "1 范围", "2 术语"), METROLOGY) == ()
    assert check(draft("1 范围", "2 引用文件", "3 计量器具控制"), METROLOGY) == ()


@pytest.mark.parametrize(
    ("read", "kind", "found"),
    [
        (draft("前言"), LOCAL, [("GB-A01", "")]),
        (draft("1 范围", "2 规范性引用文件"), LOCAL, [("GB-C01", "")]),
        (draft("前言", "1 规范性引用文件"), LOCAL, [("GB-C03", "")]),
        (draft("前言", "1 规范性引用文件", "2 范围"), LOCAL, [("GB-C03", "2")]),
        (draft("前言", "1 范围", "2 要求"), LOCAL, [("GB-C04", "")]),
        (draft("前言", "1 范围", "2 规范性引用文件", "4 要求"), LOCAL, [("GB-E01", "4")]),
        (draft("1 范围", "2 术语"), METROLOGY, [("JJ-J01", "")]),
        (
            draft("引言", "1 范围", "2 计量特性", "3 校准条件", "4 校准项目和校准方法", "5 校准结果表达"),
            METROLOGY,
            [("JJ-J07", "")],
        ),
        (
            draft("引言", "1 范围", "2 校准条件", "3 校准项目和校准方法", "4 校准结果", "5 复校时间间隔"),
            METROLOGY,
            [("JJ-J01", "")],
        ),
    ],
)
def test_each_fault_is_found_once(read: ReadDraft, kind: Kind, found: list[tuple[str, str]]) -> None:
    assert rules(read, kind) == found
