"""What the rows of the procedure rest on, in words: the signs of the tables, read by people."""

import re
from dataclasses import dataclass

from standards_wf.wording.language import Term


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a row or a question comes from."""

    words: Term
    confirmed: bool | None
    """Whether it is a text that was read; practice has no text, and nothing to confirm."""


PRACTICE = Basis(Term("办理实践", "practice"), None)


_REGULATION = Term("《上海市标准化条例》", "Shanghai regulation on standardization")
_SOURCES: dict[str, Basis] = {
    "F01": Basis(_REGULATION, confirmed=True),
    "F06": Basis(Term("社会团体立项和征求意见实践", "practice of an association"), confirmed=False),
    "F09": Basis(Term("行业标准管理规定（参照）", "rule of a ministry, by analogy"), confirmed=False),
    "F14": Basis(
        Term("市市场监督管理局批准地方计量技术规范的公告", "approval notice for local metrology specifications"),
        confirmed=False,
    ),
    "F26": Basis(Term("社会团体表决规则（参照）", "rule of an association on ballots"), confirmed=False),
    "F32": Basis(
        Term("市场监管总局关于团体标准的答复", "reply of the national authority on group standards"), confirmed=True
    ),
    "F38": Basis(
        Term("市市场监督管理局征集计量技术规范项目的通知", "call of the authority for metrology specifications"),
        confirmed=True,
    ),
    "fact 2": Basis(
        Term("《地方标准管理办法》第二十一条、第二十二条", "rule on local standards, articles 21 and 22"),
        confirmed=False,
    ),
    "fact 4": Basis(
        Term(
            "《地方标准管理办法》第十三条；团体标准制定程序",
            "rule on local standards, article 13; procedures of groups",
        ),
        confirmed=False,
    ),
    "1.3": Basis(
        Term(
            "《地方标准管理办法》第十九条（其他种类参照）",
            "rule on local standards, article 19 (other kinds by analogy)",
        ),
        confirmed=False,
    ),
    "1.5": Basis(Term("编号和代替的惯例", "custom of numbers and replacement"), confirmed=False),
    "3.3": Basis(Term("计量技术规范复审的惯例", "custom of metrology reviews"), confirmed=False),
    "4.3": Basis(
        Term("再次征求意见记 30.92 后重入 30.20", "a second round records 30.92, then 30.20"), confirmed=False
    ),
    "-": PRACTICE,
}
"""The signs of `docs/sources.md`, with whether the text was read."""

_ARTICLE = re.compile(r"(?P<source>F\d\d) Art\.(?P<article>\d+)")
_STAGE_CODE = re.compile(r"\d\d\.\d\d")
_TENS = "零一二三四五六七八九"


def basis_of(sign: str) -> Basis:
    """What the sign of a row means. Raises KeyError for a sign that nobody has explained."""
    if _STAGE_CODE.fullmatch(sign):
        return Basis(Term(f"阶段代码 {sign}（GB/T 16733）", f"stage code {sign} (GB/T 16733)"), confirmed=True)
    if found := _ARTICLE.fullmatch(sign):
        source, article = _SOURCES[found["source"]], int(found["article"])
        words = Term(f"{source.words.zh}第{_in_chinese(article)}条", f"{source.words.en}, article {article}")
        return Basis(words, source.confirmed)
    return _SOURCES[sign]


def _in_chinese(number: int) -> str:
    """A number below a hundred in Chinese figures."""
    tens, ones = divmod(number, 10)
    left = ("" if tens == 1 else _TENS[tens]) + "十" if tens else ""
    return left + (_TENS[ones] if ones or not tens else "")
