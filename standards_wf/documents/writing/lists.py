"""The lists of a template, and those that a text adds: one for each enumeration, so that each begins anew."""

from dataclasses import dataclass, field

from docx.oxml import parse_xml
from lxml import etree

from standards_wf.documents.package import W
from standards_wf.documents.writing.xml import NAMESPACES, attribute

CHAPTERS, ANNEXES = "标准文件_章标题", "标准文件_附录标识"
ENUMERATION, DASHES = "标准文件_字母编号列项（一级）", "标准文件_破折号列项"
_ANEW = "".join(f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in range(2))


@dataclass
class Lists:
    """What can be counted in a document: the template's lists by the style that leads them, and those that are added."""

    numbering: etree._Element
    by_style: dict[str, str]
    _families: list[str] = field(default_factory=list)
    _numbers: list[str] = field(default_factory=list)
    _marks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._last_family = self._largest("abstractNum", "abstractNumId")
        self._last_number = self._largest("num", "numId")
        model = self.of(ENUMERATION)
        numbers = {each.get(f"{W}numId"): each for each in self.numbering.iterchildren(f"{W}num")}
        family = numbers[model].find(f"{W}abstractNumId") if model in numbers else None
        self._enumerations = family.get(f"{W}val", "") if family is not None else ""

    def of(self, style: str) -> str:
        """The list that a style leads; empty where the template gives none."""
        return self.by_style.get(style, "")

    def enumeration(self) -> str:
        """A new list a), 1) that begins anew; empty where the template has none."""
        return self._added(self._enumerations, _ANEW) if self._enumerations else ""

    def mark(self, words: str) -> str:
        """A list whose items all carry these words, for a mark that nobody counts."""
        if words not in self._marks:
            self._last_family += 1
            shown = attribute(words.replace("%", "％"))
            self._families.append(
                f'<w:abstractNum w:abstractNumId="{self._last_family}"><w:multiLevelType w:val="singleLevel"/>'
                f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="space"/>'
                f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="0" w:firstLine="420"/></w:pPr></w:lvl></w:abstractNum>'
            )
            self._marks[words] = self._added(str(self._last_family), "")
        return self._marks[words]

    def enter(self) -> None:
        """Enter the added lists in the document, when all of the text is written."""
        if not self._numbers:
            return
        holder = parse_xml(f"<w:holder {NAMESPACES}>{''.join([*self._families, *self._numbers])}</w:holder>")
        first = next(self.numbering.iterchildren(f"{W}num"), None)
        last = [*self.numbering.iterchildren(f"{W}num")][-1:]
        added = list(holder)
        for family in added[: len(self._families)]:
            self.numbering.append(family) if first is None else first.addprevious(family)
        for number in reversed(added[len(self._families) :]):
            last[0].addnext(number) if last else self.numbering.append(number)

    def _added(self, family: str, overrides: str) -> str:
        self._last_number += 1
        identity = str(self._last_number)
        self._numbers.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{family}"/>{overrides}</w:num>')
        return identity

    def _largest(self, tag: str, name: str) -> int:
        return max((int(each.get(f"{W}{name}", "0")) for each in self.numbering.iterchildren(f"{W}{tag}")), default=0)
