"""The pages that everybody may read: each file gives the blueprint the views of one part."""

from standards_wf.web.public import (
    consultations,
    dashboard,
    feeds,
    figures,
    followers,
    framework,
    front,
    notices,
    numbers,
    plans,
    procedure,
    searching,
    standards,
    suggestions,
    white_paper,
)
from standards_wf.web.public.blueprint import bp

__all__ = [
    "bp",
    "consultations",
    "dashboard",
    "feeds",
    "figures",
    "followers",
    "framework",
    "front",
    "notices",
    "numbers",
    "plans",
    "procedure",
    "searching",
    "standards",
    "suggestions",
    "white_paper",
]
