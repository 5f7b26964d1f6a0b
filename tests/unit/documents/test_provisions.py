"""What a sentence does is told by its modal verb, and by nothing that only looks like one."""

import pytest

from standards_wf.documents.provisions import ProvisionKind, kind_of, provisions_in

REQUIREMENT, RECOMMENDATION = ProvisionKind.REQUIREMENT, ProvisionKind.RECOMMENDATION
PERMISSION, CAPABILITY, STATEMENT = ProvisionKind.PERMISSION, ProvisionKind.CAPABILITY, ProvisionKind.STATEMENT


@pytest.mark.parametrize(
    ("sentence", "kind", "verb"),
    [
        ("充电桩应符合4.2的规定。", REQUIREMENT, "应"),
        ("设备表面不应有裂纹。", REQUIREMENT, "不应"),
        ("温度应为20 ℃。", REQUIREMENT, "应"),
        ("应对设备进行检查。", REQUIREMENT, "应"),
        ("宜采用节能设备。", RECOMMENDATION, "宜"),
        ("不宜在阳光下使用。", RECOMMENDATION, "不宜"),
        ("可采用其他方法。", PERMISSION, "可"),
        ("不必提供证书。", PERMISSION, "不必"),
        ("该系统能存储一年的数据。", CAPABILITY, "能"),
        ("性能可能下降。", CAPABILITY, "可能"),
        ("反应时间为5 s。", STATEMENT, ""),
        ("可靠性指标见表1。", STATEMENT, ""),
        ("应对气候变化的措施见第5章。", STATEMENT, ""),
        ("适宜的能源供应由用户说明。", STATEMENT, ""),
    ],
)
def test_the_sort_of_a_sentence(sentence: str, kind: ProvisionKind, verb: str) -> None:
    assert kind_of(sentence) == (kind, verb)


def test_each_sentence_is_told_by_itself() -> None:
    assert [each.kind for each in provisions_in("应每月检查；宜留存记录。检查可委托他人。")] == [
        REQUIREMENT,
        RECOMMENDATION,
        PERMISSION,
    ]
