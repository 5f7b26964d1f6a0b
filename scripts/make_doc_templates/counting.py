"""The lists of a text: chapters and clauses, annexes with theirs, enumerations and dashes (GB/T 1.1—2020, 7.3 to 7.5)."""

from docx.document import Document
from lxml import etree

from scripts.make_doc_templates.styles import BODY_SIZE
from scripts.make_doc_templates.wordparts import HEI, element

_NUMERALS = "一二三四五"
_CHAPTERS, _ANNEXES, _ENUMERATION, _DASHES = range(1, 5)


def count(document: Document) -> None:
    """Give the document its lists, and let its styles lead them."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    clauses = [".".join(f"%{n}" for n in range(1, depth + 2)) for depth in range(6)]
    families = (
        _family(_CHAPTERS, [("decimal", shown) for shown in clauses], heading=True),
        _family(_ANNEXES, [("upperLetter", "附录%1"), *(("decimal", shown) for shown in clauses[1:])], heading=True),
        _family(_ENUMERATION, [("lowerLetter", "%1)"), ("decimal", "%2)")], heading=False),
        _family(_DASHES, [("none", "——")], heading=False),
    )
    numbering.extend(families)
    for family in (_CHAPTERS, _ANNEXES, _ENUMERATION, _DASHES):
        number = element("w:num", numId=family)
        number.append(element("w:abstractNumId", val=family))
        numbering.append(number)
    leads = {
        "标准文件_章标题": (_CHAPTERS, 0),
        "标准文件_附录标识": (_ANNEXES, 0),
        "标准文件_术语条编号": (_CHAPTERS, 1),
    }
    for depth, numeral in enumerate(_NUMERALS, start=1):
        leads[f"标准文件_{numeral}级条标题"] = leads[f"标准文件_{numeral}级无标题"] = (_CHAPTERS, depth)
        leads[f"标准文件_附录{numeral}级条标题"] = (_ANNEXES, depth)
    leads["标准文件_字母编号列项（一级）"] = (_ENUMERATION, 0)
    leads["标准文件_数字编号列项（二级）"] = (_ENUMERATION, 1)
    leads["标准文件_破折号列项"] = (_DASHES, 0)
    for name, (family, depth) in leads.items():
        _lead(document.styles[name].element.get_or_add_pPr(), family, depth)


def _family(identity: int, levels: list[tuple[str, str]], *, heading: bool) -> etree._Element:
    family = element("w:abstractNum", abstractNumId=identity)
    family.append(element("w:multiLevelType", val="multilevel"))
    for depth, (form, shown) in enumerate(levels):
        level = element("w:lvl", ilvl=depth)
        level.append(element("w:start", val=1))
        level.append(element("w:numFmt", val=form))
        level.append(element("w:suff", val="nothing" if heading or form == "none" else "tab"))
        level.append(element("w:lvlText", val=shown))
        level.append(element("w:lvlJc", val="left"))
        properties = element("w:pPr")
        if heading:
            properties.append(element("w:ind", left=0, firstLine=0))
        else:
            left = round((4 + 2 * depth) * BODY_SIZE * 20)
            properties.append(element("w:ind", left=left, hanging=round(2 * BODY_SIZE * 20)))
        level.append(properties)
        if heading:
            fonts = element("w:rPr")
            fonts.append(element("w:rFonts", ascii=HEI, hAnsi=HEI, eastAsia=HEI, cs=HEI, hint="eastAsia"))
            level.append(fonts)
        family.append(level)
    return family


def _lead(properties: etree._Element, family: int, depth: int) -> None:
    """Let a style count in a list."""
    number = element("w:numPr")
    number.append(element("w:ilvl", val=depth))
    number.append(element("w:numId", val=family))
    before = {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"}
    place = sum(etree.QName(each).localname in before for each in properties)
    properties.insert(place, number)
