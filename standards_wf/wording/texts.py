"""What the elements of a text are called, and what is said of those that were not understood."""

from standards_wf.wording.language import Term

CLAUSE_KINDS: dict[str, Term] = {
    "foreword": Term("前言", "Foreword"),
    "introduction": Term("引言", "Introduction"),
    "chapter": Term("章", "Chapter"),
    "clause": Term("条", "Clause"),
    "term": Term("术语条目", "Term"),
    "annex": Term("附录", "Annex"),
    "bibliography": Term("参考文献", "Bibliography"),
    "index": Term("索引", "Index"),
}
FOUND: dict[str, Term] = {
    "style": Term("样式", "style"),
    "heading": Term("标题样式或大纲级别", "heading style or outline level"),
    "automatic": Term("自动编号", "automatic number"),
    "typed": Term("手工编号", "typed number"),
    "words": Term("标题文字", "words"),
}
PROVISIONS: dict[str, Term] = {
    "requirement": Term("要求", "requirement"),
    "recommendation": Term("推荐", "recommendation"),
    "permission": Term("允许", "permission"),
    "capability": Term("能力或可能性", "capability or possibility"),
    "statement": Term("陈述", "statement"),
}
DOUBTS: dict[str, Term] = {
    "no_title": Term("没有识别出文件名称", "The title was not recognised"),
    "no_chapter": Term("没有识别出任何一章", "No chapter was recognised"),
    "number_out_of_series": Term(
        "像条号但不连续，按正文处理", "Looks like a clause number but is out of the series; taken as text"
    ),
    "drawing": Term("绘图，未能按图读取", "A drawing that is no picture"),
    "embedded_object": Term("嵌入的对象，未读取其内容", "An embedded object, whose content was not read"),
    "formula_as_picture": Term("旧式公式对象，只读到图片", "A formula as an old object; only its picture was read"),
    "merged_beyond_the_table": Term("合并单元格没有起始格", "A merged cell without its beginning"),
}
CHANGES: dict[str, Term] = {
    "inserted": Term("插入", "inserted"),
    "deleted": Term("删除", "deleted"),
    "moved_here": Term("移入", "moved here"),
    "moved_away": Term("移出", "moved away"),
}
ROLES: dict[str, Term] = {
    "paragraph": Term("正文", "Text"),
    "list_letter": Term("列项（字母）", "List item (letter)"),
    "list_number": Term("列项（数字）", "List item (number)"),
    "list_dash": Term("列项（破折号）", "List item (dash)"),
    "note": Term("注", "Note"),
    "example": Term("示例", "Example"),
    "where": Term("式中", "Where"),
    "reference": Term("文件条目", "Reference"),
    "box": Term("文本框", "Text box"),
    "table": Term("表", "Table"),
    "figure": Term("图", "Figure"),
    "formula": Term("公式", "Formula"),
    "front": Term("封面或目次", "Cover or contents"),
}
READ_AS: dict[str, Term] = {
    "text": Term("正文", "Text"),
    "heading_1": Term("第1层标题（章、附录）", "Heading of level 1 (chapter, annex)"),
    "heading_2": Term("第2层标题", "Heading of level 2"),
    "heading_3": Term("第3层标题", "Heading of level 3"),
    "heading_4": Term("第4层标题", "Heading of level 4"),
    "heading_5": Term("第5层标题", "Heading of level 5"),
    "heading_6": Term("第6层标题", "Heading of level 6"),
    "untitled": Term("无标题条", "Clause without title"),
    "run_in": Term("标题和正文连排（拆开）", "Heading with text behind it (split)"),
    "goes_on": Term("上一标题的续行（合并）", "Goes on the heading before (merge)"),
    "term": Term("术语条目", "Term"),
    "list_item": Term("列项", "List item"),
    "note": Term("注", "Note"),
    "example": Term("示例", "Example"),
    "caption": Term("表题或图题", "Caption"),
}
