import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.search.analysis import (
    ChineseAnalyzer,
    fold,
    fold_with_origins,
    gram_terms,
    long_words,
    words_of,
)


def test_width_case_and_dashes_are_folded() -> None:
    assert fold("ＤＢ３１／Ｔ　１２３４—2025，㎡") == "db31/t 1234-2025,m2"


@given(st.text())
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(origins) == len(folded) + 1
    assert list(origins) == sorted(origins)
    assert all(character in fold(text[place]) for character, place in zip(folded, origins, strict=False))


def test_words_of_the_field_stay_whole() -> None:
    assert words_of("碳达峰碳中和标准计量体系") == ["碳达峰", "碳中和", "标准", "计量", "体系"]
    assert "充电桩" in words_of("电动汽车充电桩使用中校准规范")


def test_positions_run_upwards_through_words_and_pairs() -> None:
    text = "碳达峰、碳中和 and 充电桩使用中校准"
    for grams in (True, False):
        tokens = [(token.pos, token.text) for token in ChineseAnalyzer(grams=grams)(text)]
        positions = [position for position, _ in tokens]
        assert positions == sorted(set(positions))
    assert long_words("使用充电桩")[-1] == (1, "充电桩")


def test_every_pair_of_neighbours_is_a_term_and_latin_words_are_stemmed() -> None:
    assert gram_terms(fold("充电桩A型 piles 0.5 CO₂")) == ["充电", "电桩", "桩", "a", "型", "pile", "0.5", "co2"]


@pytest.mark.parametrize("text", ["", " \n", "。，；", "🚗⚡", "\x00", "\ud800"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert gram_terms(fold(text)) == []
    assert long_words(fold(text)) == []
