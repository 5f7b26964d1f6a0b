"""A text in which everything stands that a text can hold, for the tests of the forms in which it is shown."""

from standards_wf.documents.clauses import AnnexKind, ClauseKind
from standards_wf.documents.elements import (
    Cell,
    Cover,
    Figure,
    Footnote,
    Formula,
    Mark,
    Math,
    Paragraph,
    Picture,
    Reference,
    Role,
    Section,
    Table,
    Text,
    Tree,
)

MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>P</mi><mo>=</mo><mi>U</mi><mi>I</mi></math>'
PICTURE = Picture("word/media/image1.png", "ab" * 32, "image/png", "接线图")
DRAWING = Picture("word/media/image2.emf", "cd" * 32, "image/x-emf")


def says(text: str, role: Role = Role.PARAGRAPH, label: str = "") -> Paragraph:
    return Paragraph((Text(text),), role, label)


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((says(text),), columns, rows)


TABLE = Table(
    (
        (cell("项目", rows=2), cell("限值", columns=2)),
        (cell("上"), cell("下")),
        (cell("电压"), cell("<b>1</b>"), cell("2")),
    ),
    "表1　技术要求",
    "单位为伏",
    heads=1,
)
REQUIREMENT = Paragraph(
    (
        Text("应符合表1和图A.1的规定，见"),
        Reference("_Ref1", "4.1"),
        Footnote((Text("由制造商给出。"),)),
        Text("；GB/T 1.1—2020表1不算，U"),
        Text("x", frozenset({Mark.BELOW})),
        Math(MATHML, "P=UI"),
    )
)
TREE = Tree(
    cover=Cover(title="充电桩", title_en="Charging piles", number="DB31/T 1—2026", ics="29.240", ccs="K 80"),
    sections=(
        Section(ClauseKind.FOREWORD, "", "前言", (says("本文件按照GB/T 1.1起草。"),), anchor="foreword"),
        Section(ClauseKind.CHAPTER, "1", "范围", (says("本文件规定了<script>alert(1)</script>。"),), anchor="clause-1"),
        Section(
            ClauseKind.CHAPTER,
            "3",
            "术语和定义",
            sections=(
                Section(
                    ClauseKind.TERM,
                    "3.1",
                    "充电桩 charging pile",
                    (says("供电装置。"), says("即桩。", Role.NOTE, "注：")),
                    level=2,
                    anchor="clause-3-1",
                ),
            ),
            anchor="clause-3",
        ),
        Section(
            ClauseKind.CHAPTER,
            "4",
            "要求",
            sections=(
                Section(ClauseKind.CLAUSE, "4.1", "", (REQUIREMENT, TABLE), level=2, anchor="clause-4-1"),
                Section(
                    ClauseKind.CLAUSE,
                    "4.2",
                    "计算",
                    (
                        says("按公式（1）计算，并：", Role.PARAGRAPH),
                        says("甲；", Role.LIST_LETTER, "a)"),
                        says("其一；", Role.LIST_NUMBER, "1)"),
                        says("乙。", Role.LIST_LETTER, "b)"),
                        Formula((Math(MATHML, "P=UI"),), "1"),
                        says("框中。", Role.BOX),
                    ),
                    level=2,
                    anchor="clause-4-2",
                ),
            ),
            anchor="clause-4",
        ),
        Section(
            ClauseKind.ANNEX,
            "A",
            "接线",
            (Figure((PICTURE, DRAWING), "图A.1　接线"),),
            annex=AnnexKind.INFORMATIVE,
            anchor="annex-a",
        ),
        Section(
            ClauseKind.BIBLIOGRAPHY,
            "",
            "参考文献",
            (says("GB/T 1.1—2020", Role.REFERENCE, "[1]"),),
            anchor="bibliography",
        ),
    ),
)
