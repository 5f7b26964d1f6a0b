"""Documents made of the words of the trade, the same ones each time: what is indexed and looked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from standards_wf.search.backend import Document
from standards_wf.search.entries import Entry, SourceKind, keys_of
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import Kind, Stage

CLAUSES = 10
QUERIES = (
    "电能表",
    "碳排放 核算",
    "流量计校准",
    "“测量不确定度”",
    "DB31/T 517",
    "准确度等级 温度",
    "天然气 -抽样",
    "充电桩",
    "计量器具配备率",
    "排放因子",
)
"""What people type: a word, two words, words run together, a phrase, a number, a word that must not be there."""

_THINGS = [
    "电能表",
    "流量计",
    "充电桩",
    "锅炉",
    "天然气",
    "蒸汽",
    "燃气轮机",
    "压缩空气",
    "光伏组件",
    "储能电池",
    "热量表",
    "分析仪",
]
_QUALITIES = [
    "准确度等级",
    "测量不确定度",
    "示值误差",
    "重复性",
    "稳定性",
    "检定周期",
    "温度",
    "压力",
    "排放因子",
    "热值",
]
_DEEDS = ["校准", "检定", "核算", "监测", "抽样", "配备", "验收", "溯源", "记录", "评价"]
_FRAMES = (
    "{thing}的{quality}应符合表{figure}的规定，{deed}前应在规定条件下放置不少于{figure}h。",
    "{deed}{thing}时，{quality}取{figure}次测量结果的平均值。",
    "碳排放核算所用的{thing}，其计量器具配备率不应低于{figure}%，并按{quality}分级{deed}。",
    "当{quality}超出允许范围时，应重新{deed}，并在报告中说明{thing}的状态。",
)


@dataclass(frozen=True, slots=True)
class MadeClause:
    """A clause of a generated document."""

    label: str
    title: str
    text: str


def clauses_of(place: int) -> tuple[MadeClause, ...]:
    """The clauses of the document at this place."""
    chance = Random(place)  # noqa: S311  # the same words each time
    return tuple(
        MadeClause(str(label), chance.choice(_DEEDS), "".join(_sentence(chance) for _ in range(3)))
        for label in range(1, CLAUSES + 1)
    )


def _sentence(chance: Random) -> str:
    return chance.choice(_FRAMES).format(
        thing=chance.choice(_THINGS),
        quality=chance.choice(_QUALITIES),
        deed=chance.choice(_DEEDS),
        figure=chance.randint(1, 99),
    )


def title_of(place: int) -> str:
    """The title of the document at this place."""
    chance = Random(place)  # noqa: S311  # the same words each time
    return f"{chance.choice(_THINGS)}{chance.choice(_DEEDS)}规范 第{place + 1}部分"


def number_of(place: int) -> str:
    """The number of the document at this place."""
    return f"DB31/T {place + 1}—2025"


def documents(count: int) -> Iterator[Document]:
    """So many documents as the index takes them: one entry for the document and one for each clause."""
    for place in range(count):
        yield f"document:{place}", tuple(_entries(place))


def _entries(place: int) -> Iterator[Entry]:
    texts = (MadeClause("", "", "本文件规定了要求。"), *clauses_of(place))
    for position, clause in enumerate(texts):
        yield Entry(
            entry_id=f"document:{place}:{position}",
            source=SourceKind.DOCUMENT,
            title_zh=title_of(place),
            document_id=place,
            kind=Kind.LOCAL_STANDARD,
            status=Stage.IN_FORCE,
            number=number_of(place),
            number_keys=keys_of(read_number(number_of(place))),
            node_code="M2.1",
            node_ancestors=("M2", "M"),
            year=2025,
            clause_label=clause.label,
            clause_title=clause.title,
            anchor=f"c{clause.label}" if clause.label else "",
            text=clause.text,
            position=position,
        )
