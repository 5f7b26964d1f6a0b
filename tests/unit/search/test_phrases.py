"""Whatever stretch of a text is looked for, exactly the documents that hold it are found."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards_wf.search.analysis import fold, is_han
from standards_wf.search.backend import Document
from standards_wf.search.lexicon import FIELD_WORDS
from standards_wf.search.query import parse_query
from standards_wf.search.whoosh_backend import WhooshBackend
from tests.unit.search.corpus import document

COMMON = "的和中计量标准碳排放校准测充电桩使用规范绿色建筑能耗限额设定温室气体节约机关评价方法一二三度"


def found_by(searcher: WhooshBackend, typed: str) -> set[int]:
    found: set[int] = set()
    page = 1
    while True:
        answer = searcher.search(parse_query(typed, page=page, per_page=100))
        found |= {int(hit.document_key.removeprefix("document:")) for hit in answer.hits}
        if page >= answer.pages:
            assert len(found) == answer.total
            return found
        page += 1


def random_text(dice: random.Random) -> str:
    pieces: list[str] = []
    for _ in range(dice.randint(3, 25)):
        chance = dice.random()
        if chance < 0.4:
            pieces.append(dice.choice(FIELD_WORDS))
        elif chance < 0.85:
            pieces.append("".join(dice.choice(COMMON) for _ in range(dice.randint(1, 6))))
        else:
            pieces.append(dice.choice(["，", "。", "；\n", "（CO2）", " GB/T 1.1 ", "±0.5%", "Ⅱ级", "、"]))
    return "".join(pieces)


@pytest.fixture(scope="module")
def texts() -> dict[int, str]:
    dice = random.Random(20251122)
    return {place: random_text(dice) for place in range(150)}


def holding(place: int, text: str) -> Document:
    """A document that holds the text in its scope, in a clause or in its title."""
    if place % 3 == 0:
        return document(place, "无", scope=text, clauses=(("1", "", "无"),))
    if place % 3 == 1:
        return document(place, "无", clauses=(("1", "无", text), ("2", "无", "无")))
    return document(place, text)


@pytest.fixture(scope="module")
def searcher(texts: dict[int, str], tmp_path_factory: pytest.TempPathFactory) -> WhooshBackend:
    searcher = WhooshBackend(tmp_path_factory.mktemp("phrases"))
    # A third of the texts arrive one by one after the rebuild.
    searcher.rebuild(holding(place, text) for place, text in texts.items() if place < 100)
    for place, text in texts.items():
        if place >= 100:
            searcher.replace_document(*holding(place, text))
    return searcher


def truth(texts: dict[int, str], phrase: str) -> set[int]:
    return {place for place, text in texts.items() if fold(phrase) in fold(text)}


def stretches(texts: dict[int, str], count: int, *, longest: int, seed: int) -> Iterator[str]:
    """Stretches of Chinese characters cut from the texts at random places."""
    dice = random.Random(seed)
    while count:
        text = texts[dice.randrange(len(texts))]
        start = dice.randrange(len(text))
        phrase = text[start : start + dice.randint(2, longest)]
        if is_han(phrase) and len(phrase) > 1:
            count -= 1
            yield phrase


def test_every_stretch_of_every_text_is_found_and_nothing_else(texts: dict[int, str], searcher: WhooshBackend) -> None:
    for phrase in stretches(texts, 400, longest=9, seed=7):
        assert found_by(searcher, f'"{phrase}"') == truth(texts, phrase), phrase


def test_an_unquoted_stretch_finds_at_least_the_texts_that_hold_it(
    texts: dict[int, str], searcher: WhooshBackend
) -> None:
    for phrase in stretches(texts, 300, longest=12, seed=11):
        assert found_by(searcher, phrase) >= truth(texts, phrase), phrase


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(phrase=st.text(alphabet=COMMON, min_size=2, max_size=5))
def test_invented_stretches_are_found_where_they_are_and_nowhere_else(
    texts: dict[int, str], searcher: WhooshBackend, phrase: str
) -> None:
    assert found_by(searcher, f"“{phrase}”") == truth(texts, phrase)


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence_or_paragraph(tmp_path: Path) -> None:
    searcher = WhooshBackend(tmp_path)
    searcher.rebuild([document(1, "甲", scope="适用于充电。桩体另行规定。\n绿色\n建筑")])
    for phrase in ("充电桩", "绿色建筑"):
        assert found_by(searcher, f"“{phrase}”") == set()


def test_a_phrase_with_letters_and_figures_is_taken_as_written(tmp_path: Path) -> None:
    searcher = WhooshBackend(tmp_path)
    searcher.rebuild(
        [document(1, "甲", scope="按照 GB/T 1.1 规定起草，CO2排放量为0.5 t。"), document(2, "乙", scope="CO 2 与排放")]
    )
    for phrase in ("GB/T 1.1 规定起草", "GB/T 1.1规定起草", "CO₂排放", "CO2 排放量为0.5 t"):
        assert found_by(searcher, f'"{phrase}"') == {1}, phrase
    for phrase in ("O2排放", "排放量为0.5 tn", "B/T 1.1 规定"):
        assert found_by(searcher, f'"{phrase}"') == set(), phrase
