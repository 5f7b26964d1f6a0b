"""The lists of a template, and those that a text adds: one for each enumeration, so that each begins anew."""

from dataclasses import dataclass, field

from lxml import etree

from standards_wf.documents.package import W
from standards_wf.documents.writing.xml import attribute, element

CHAPTERS, ANNEXES = "标准文件_章标题", "标准文件_附录标识"
ENUMERATION, DASHES = "标准文件_字母编号列项（一级）", "标准文件_破折号列项"


@dataclass
class Lists:
    """What can be counted in a document: the template's lists by the style that leads them."""

    numbering: etree._Element
    by_style: dict[str, str]
    _marks: dict[str, str] = field(default_factory=dict)

    def of(self, style: str) -> str:
        """The list that a style leads; empty where the template gives none."""
        return self.by_style.get(style, "")

    def enumeration(self) -> str:
        """A new list a), 1) that begins anew; empty where the template has none."""
        return self._added(self.of(ENUMERATION))

    def mark(self, words: str) -> str:
        """A list whose items all carry these words, for a mark that nobody counts."""
        if words not in self._marks:
            identity = self._next("abstractNum", "abstractNumId")
            shown = words.replace("%", "％")
            family = element(
                f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="singleLevel"/>'
                f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="space"/>'
                f'<w:lvlText w:val="{attribute(shown)}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="420"/></w:pPr></w:lvl></w:abstractNum>'
            )
            last = next(self.numbering.iterchildren(f"{W}num"), None)
            self.numbering.append(family) if last is None else last.addprevious(family)
            self._marks[words] = self._number(identity, "")
        return self._marks[words]

    def _added(self, model: str) -> str:
        number = next((each for each in self.numbering.iterchildren(f"{W}num") if each.get(f"{W}numId") == model), None)
        family = number.find(f"{W}abstractNumId") if number is not None else None
        if family is None:
            return ""
        anew = "".join(f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in range(2))
        return self._number(family.get(f"{W}val", ""), anew)

    def _number(self, family: str, overrides: str) -> str:
        identity = self._next("num", "numId")
        number = element(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{family}"/>{overrides}</w:num>')
        last = [*self.numbering.iterchildren(f"{W}num")][-1:]
        last[0].addnext(number) if last else self.numbering.append(number)
        return identity

    def _next(self, tag: str, name: str) -> str:
        taken = [int(each.get(f"{W}{name}", "0")) for each in self.numbering.iterchildren(f"{W}{tag}")]
        return str(max(taken, default=0) + 1)
