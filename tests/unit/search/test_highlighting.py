from hypothesis import given
from hypothesis import strategies as st

from standards_wf.search.highlighting import marked, passage
from standards_wf.search.query import parse_query
from standards_wf.search.results import Fragment


def shown(fragments: tuple[Fragment, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in fragments)


def mark(text: str, typed: str) -> str:
    return shown(marked(text, parse_query(typed).wanted))


def test_words_are_marked_in_the_original_spelling() -> None:
    assert mark("ＣＯ₂排放与Charging Piles", "co2 pile 排放") == "[ＣＯ₂排放]与Charging [Piles]"


def test_words_that_touch_are_one_mark() -> None:
    assert mark("充电桩校准规范", "充电桩 校准") == "[充电桩校准]规范"


def test_a_cited_number_is_marked_in_whatever_spelling_it_stands() -> None:
    assert mark("见GB／T 18487.1－2015。", "gbt18487.1") == "见[GB／T 18487.1－2015]。"


def test_a_character_that_folds_into_several_is_marked_whole() -> None:
    assert mark("温度为℃时", "“°C时”") == "温度为[℃时]"


def test_markup_in_a_text_stays_text() -> None:
    fragments = marked('<b>碳汇</b> & "x"', parse_query("碳汇").wanted)
    assert [(piece.text, piece.is_match) for piece in fragments] == [
        ("<b>", False), ("碳汇", True), ('</b> & "x"', False),
    ]  # fmt: skip


def test_a_passage_is_cut_around_what_was_found() -> None:
    text = "前言不相干。" * 60 + "充电桩的工作误差应不超过±2%。" + "后文不相干。" * 60
    cut = shown(passage(text, parse_query("充电桩 工作误差").wanted))
    assert cut.startswith("…[充电桩]的[工作误差]应不超过")
    assert cut.endswith("…")
    assert len(cut) < 140


def test_a_passage_without_a_match_begins_at_the_beginning() -> None:
    assert shown(passage("范围。" * 100, parse_query("充电桩").wanted)).startswith("范围。范围。")
    assert passage("", parse_query("充电桩").wanted) == ()


def test_the_passage_with_the_most_different_words_is_shown() -> None:
    text = "碳汇。" + "无关的话。" * 60 + "碳汇与湿地的关系。" + "无关的话。" * 60
    assert "[碳汇]与[湿地]" in shown(passage(text, parse_query("碳汇 湿地").wanted))


@given(st.text(alphabet="碳汇湿地ab ℃ﬀ①．。\n<", max_size=400), st.text(alphabet='碳汇湿地ab℃ "-', max_size=12))
def test_the_pieces_are_the_text_and_nothing_but_the_text(text: str, typed: str) -> None:
    terms = parse_query(typed).wanted
    assert "".join(piece.text for piece in marked(text, terms)) == text
    pieces = passage(text, terms)
    inside = "".join(piece.text for piece in pieces).removeprefix("…").removesuffix("…")
    assert inside in text
    assert all(piece.text for piece in pieces)
