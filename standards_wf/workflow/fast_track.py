"""Fast track (快速立项): the two lawful reasons for it, and what it changes: the place in the queue and nothing else.

上海市标准化条例, article 10: what is needed soon for an important public interest or in an emergency is decided on
first. No consultation, review or notice becomes shorter by it.
"""

from enum import StrEnum


class FastTrackReason(StrEnum):
    """Why a case may be taken before others; the law knows no third reason."""

    PUBLIC_INTEREST = "public_interest"
    """To safeguard an important public interest (保障重大公众利益)."""
    EMERGENCY = "emergency"
    """To answer an emergency (应对突发事件)."""
