"""What a sentence of a text does: require, recommend, permit, state an ability, or tell a fact (GB/T 1.1—2020, annex C)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import rjieba


class ProvisionKind(StrEnum):
    """The sort of a provision, told by its modal verb."""

    REQUIREMENT = "requirement"
    RECOMMENDATION = "recommendation"
    PERMISSION = "permission"
    CAPABILITY = "capability"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Provision:
    """A sentence with what it does and the verb that says so."""

    kind: ProvisionKind
    verb: str
    text: str


_VERBS: tuple[tuple[ProvisionKind, re.Pattern[str]], ...] = (
    (
        ProvisionKind.REQUIREMENT,
        re.compile(
            r"(?:[还均都也并且亦]?不?应(?:为|有|由|予|予以|是|可|能|当|该|满足|符合)?"
            r"|须|必须|不得|严禁|禁止|shall)"
        ),
    ),
    (ProvisionKind.RECOMMENDATION, re.compile(r"[还均都也并且亦]?(?:不宜|宜)(?:为|选|用|在)?|should")),
    (ProvisionKind.PERMISSION, re.compile(r"[还均都也并且亦]?可(?:以|用|不|为|选)?|不必|may")),
    (ProvisionKind.CAPABILITY, re.compile(r"能|能够|不能|可能|不可能|can|cannot")),
)
_COPING = "应对"
"""To cope with something, or 应 and what it is to be done with: 应对设备进行检查."""
_DONE_WITH = re.compile(r"进行|予以|加以|作|做|采取|开展|实施|给出")
_MODAL = re.compile("不可能|可能|不应|应|不宜|宜|不必|可|不能|能")
_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]?")


def provisions_in(text: str) -> Iterator[Provision]:
    """The sentences of a text, each with what it does; the strongest verb of a sentence decides."""
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip()
        if sentence:
            kind, verb = kind_of(sentence)
            yield Provision(kind, verb, sentence)


def kind_of(sentence: str) -> tuple[ProvisionKind, str]:
    """What one sentence does, and by which verb.

    The words are told apart before they are looked at: 反应, 可靠 and 性能 are no modal verbs.
    """
    words = [word.lower() for word in rjieba.cut(sentence)]
    for kind, verbs in _VERBS:
        for place, word in enumerate(words):
            if verbs.fullmatch(word) or (
                kind is ProvisionKind.REQUIREMENT and word == _COPING and _DONE_WITH.search("".join(words[place + 1 :]))
            ):
                negated = place > 0 and words[place - 1] == "不"
                said = f"不{word}" if negated else word
                modal = _MODAL.search(said)
                return kind, modal[0] if modal else said
    return ProvisionKind.STATEMENT, ""
