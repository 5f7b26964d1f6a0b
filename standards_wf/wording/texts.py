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
