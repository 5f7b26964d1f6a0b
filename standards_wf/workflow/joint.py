"""Joint projects of the Yangtze delta (长三角区域协同): the partner provinces and what each of them has decided.

A joint document is approved by each province first; then all four confirm it and publish it together.
"""

from enum import StrEnum


class Province(StrEnum):
    """The provinces that Shanghai makes joint documents with."""

    JIANGSU = "jiangsu"
    ZHEJIANG = "zhejiang"
    ANHUI = "anhui"


class PartnerDecision(StrEnum):
    """Where the decision of a partner stands."""

    PENDING = "pending"
    IN_FAVOUR = "in_favour"
    AGAINST = "against"
