"""`procedure verify` says what was tried, and names every fault in both languages."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest

from standards_wf.cli.proving import broken_promises, verify_procedure
from standards_wf.wording.language import Language, use
from standards_wf.wording.proving import SENTENCES, EffectFault, WordFault, said, tell
from standards_wf.workflow.guards.review import ballot_closed, quorum_met, quorum_missed
from standards_wf.workflow.local_standard import LOCAL_STANDARD
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.proof.verdict import Fault
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.table import Table, TableFault, Transition
from standards_wf.workflow.vocabulary import Action, Effect, Kind, Role, Stage

LOCAL = Kind.LOCAL_STANDARD
FIRST, *REST = LOCAL_STANDARD.rows
AT = {"stage": Stage.SUGGESTED, "action": Action.APPLY}
CONTRADICTING = tuple(
    replace(row, guards=(ballot_closed, quorum_met, quorum_missed)) if row.action is Action.PASS_REVIEW else row
    for row in LOCAL_STANDARD.rows
)

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _chinese_afterwards() -> Iterator[None]:
    yield
    use(Language.ZH)


def test_the_whole_proof_of_each_procedure_has_no_fault() -> None:
    for kind, table in PROCEDURES.items():
        verified = verify_procedure(kind, table.rows)
        assert verified.faults == ()
        assert verified.words > 150


def test_what_was_explored_is_told(run: Run) -> None:
    told = run("procedure", "verify", "--lang", "en").stdout
    assert "situations" in told
    assert told.count("sound.") == len(PROCEDURES)
    for row in json.loads(run("procedure", "verify", "--json").stdout):
        assert row["problems"] == []
        assert min(row["situations"], row["ways"], row["attempts"], row["counts"], row["words"]) > 100


def test_a_procedure_with_a_fault_is_a_no(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROCEDURES, LOCAL, Table(LOCAL, CONTRADICTING))
    result = run("procedure", "verify", "--lang", "en")
    assert result.exit_code == 1
    assert (
        'The act "pass the review" at the stage "technical review" can never be done: these are never met together: '
        "the ballot is closed, the quorum is met, the quorum is missed." in result.stderr
    )
    (broken, *_) = json.loads(run("procedure", "verify", "--json").stdout)
    assert {problem["code"] for problem in broken["problems"]} >= {"never_possible", "never_entered"}


def test_an_effect_that_nobody_carries_out_is_found() -> None:
    assert list(broken_promises([FIRST], handled=())) == [
        Refusal(EffectFault.EFFECT_WITHOUT_HANDLER, **AT, effect=Effect.NOTIFY)
    ]
    passing = next(row for row in REST if row.action is Action.PASS_REVIEW)
    found = list(broken_promises([passing], made=()))
    assert {fault.params["effect"] for fault in found} == set(passing.effects) - {Effect.NOTIFY, Effect.REINDEX}
    assert list(broken_promises(LOCAL_STANDARD.rows)) == []


def test_what_cannot_be_told_is_found() -> None:
    class Unspoken(StrEnum):
        CODE = "code"

    def never_heard_of(*_: object) -> None:
        """Nothing is written about it."""

    strange: tuple[Transition, ...] = (replace(FIRST, basis="F99", guards=(never_heard_of,)),)
    assert set(tell(LOCAL, strange, [Refusal(Unspoken.CODE)]).faults) == {
        Refusal(WordFault.BASIS_NOT_EXPLAINED, **AT, sign="F99"),
        Refusal(WordFault.QUESTION_WITHOUT_WORDS, guard="never_heard_of"),
        Refusal(WordFault.REFUSAL_WITHOUT_SENTENCE, code="code"),
    }


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", [code for book in SENTENCES.values() for code in book])
def test_every_fault_has_its_sentence(code: StrEnum, language: Language) -> None:
    params = AT | {
        "foreign": Stage.PUBLIC_NOTICE,
        "guard": "quorum_met",
        "guards": ("quorum_met",),
        "effect": Effect.NOTIFY,
        "role": Role.AUTHORITY,
        "situations": 2,
        "entitled": 1,
        "cast": 1,
        "votes_for": 1,
        "actions": (Action.PASS_REVIEW,),
        "code": "x",
        "rule": "quorum",
        "sign": "F99",
    }
    use(language)
    told = said(Refusal(code, **params), LOCAL)
    assert told.endswith("。" if language is Language.ZH else ".")
    assert "{" not in told
    assert type(code) in {TableFault, Fault, WordFault, EffectFault}
