"""A text as NISO STS: valid against the subset that is written, with all that the tree says."""

from pathlib import Path

import pytest
from lxml import etree

from standards_wf.documents.elements import Cover, Tree, lines_of
from standards_wf.documents.mathml import MATHML
from standards_wf.documents.sts import sts_of
from tests.unit.documents.shown_text import TREE, says

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("niso_sts_subset.rng")))
EMPTY = Tree(cover=Cover(), sections=())
BARE = Tree(cover=Cover(), sections=(), front=(says("只有一段。"),))


@pytest.mark.parametrize("tree", [TREE, EMPTY, BARE], ids=["whole", "empty", "bare"])
def test_the_xml_is_valid(tree: Tree) -> None:
    SCHEMA.assertValid(etree.fromstring(sts_of(tree)))


def test_the_schema_refuses_what_is_no_standard() -> None:
    broken = etree.fromstring(sts_of(TREE).replace(b"<annex-type>", b"<annex>").replace(b"</annex-type>", b"</annex>"))
    assert not SCHEMA.validate(broken)


def test_all_that_the_text_says_is_in_it() -> None:
    xml = etree.fromstring(sts_of(TREE))
    etree.strip_elements(xml, "sup", with_tail=False)  # the marks of footnotes
    said = "".join("".join(map(str, xml.itertext())).split())
    for line in lines_of(TREE):
        for part in line.replace("\t（1）", "").split():
            assert part.removeprefix("（资料性）") in said, part


def test_parts_are_called_what_they_are() -> None:
    xml = etree.fromstring(sts_of(TREE))
    assert xml.xpath("//sec/@sec-type") == ["foreword", "scope", "terms"]
    assert xml.xpath("//app[@content-type='informative']/label/text()") == ["附录A"]
    assert xml.xpath("//term-sec[@id='clause-3-1']/term-display/title/text()") == ["充电桩", "charging pile"]
    assert xml.xpath("//std-meta/std-ref/text()") == ["DB31/T 1—2026"]
    assert xml.xpath("//xref[@rid='table-1']/@ref-type") == ["table"]
    assert xml.xpath("//table-wrap/label/text()") == ["表1"]


def test_formulae_keep_their_mathml() -> None:
    (formula,) = etree.fromstring(sts_of(TREE)).findall(f".//disp-formula[@id='formula-1']/{{{MATHML}}}math")
    assert "".join(map(str, formula.itertext())) == "P=UI"
