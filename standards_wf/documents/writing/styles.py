"""The styles in which a body is written: the names of the field, as the template must hold them."""

from standards_wf.documents.elements import Role

NUMERALS = "一二三四五"
CHAPTER = "标准文件_章标题"
CLAUSES = tuple(f"标准文件_{numeral}级条标题" for numeral in NUMERALS)
UNTITLED = tuple(f"标准文件_{numeral}级无标题" for numeral in NUMERALS)
ANNEX, ANNEX_KIND, ANNEX_TITLE = "标准文件_附录标识", "标准文件_附录性质", "标准文件_附录章标题"
ANNEX_CLAUSES = tuple(f"标准文件_附录{numeral}级条标题" for numeral in NUMERALS)
TERM_NUMBER, TERM = "标准文件_术语条编号", "标准文件_术语条"
FRONT_HEADING = "标准文件_前言、引言标题"
BIBLIOGRAPHY, INDEX = "标准文件_参考文献标题", "标准文件_索引标题"
TEXT, SYMBOL = "标准文件_段", "标准文件_符号说明"
TABLE, CELL, AFTER_TABLE, UNIT = "标准文件_表格", "标准文件_表格文字", "标准文件_表格后", "标准文件_表单位"
TABLE_CAPTION, FIGURE_CAPTION, FORMULA = "标准文件_正文表标题", "标准文件_正文图标题", "标准文件_正文公式"
FIGURE = "标准文件_图"
BOX = "标准文件_文本框"
ROLES: dict[Role, str] = {
    Role.PARAGRAPH: TEXT,
    Role.LIST_LETTER: "标准文件_字母编号列项（一级）",
    Role.LIST_NUMBER: "标准文件_数字编号列项（二级）",
    Role.LIST_DASH: "标准文件_破折号列项",
    Role.NOTE: "标准文件_注",
    Role.EXAMPLE: "标准文件_示例",
    Role.WHERE: "标准文件_式中",
    Role.REFERENCE: "标准文件_参考文献条目",
    Role.BOX: BOX,
}

NEEDED: tuple[str, ...] = (
    CHAPTER, *CLAUSES, *UNTITLED, ANNEX, ANNEX_KIND, ANNEX_TITLE, *ANNEX_CLAUSES, TERM_NUMBER, TERM, BIBLIOGRAPHY, INDEX,
    SYMBOL, TABLE, CELL, AFTER_TABLE, UNIT, TABLE_CAPTION, FIGURE_CAPTION, FORMULA, FIGURE, *ROLES.values(),
)  # fmt: skip
"""What a template of a text must hold; a style that it lacks is set like ordinary text."""
