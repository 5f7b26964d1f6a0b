"""The plan as the project keeps it: a file of data, read once, that the database's framework is loaded from."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class PlannedNode:
    """A node of the framework as the plan has it."""

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    source: str
    box: str
    """The number and the title of the box that names it, where it is an item of one."""
    summary: str
    lead_departments: tuple[str, ...]
    cooperating_departments: tuple[str, ...]
    departments_open_ended: bool
    departments_inherited_from: str | None
    key_topics: tuple[str, ...]
    deliverables: tuple["PlannedDeliverable", ...]


@dataclass(frozen=True, slots=True)
class PlannedDeliverable:
    """A document that the plan names."""

    name: str
    doc_kind: str
    level: str
    action: str
    quote: str


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """A target of the plan; `minimum` is None where the plan names no figure."""

    id: str
    year: int
    measure: str
    name_zh: str
    minimum: int | None
    unit: str
    comparator: str
    node: str
    quote: str


@dataclass(frozen=True, slots=True)
class Safeguard:
    """What the plan says about carrying it out: guidance, money, people, publicity."""

    code: str
    name: str
    summary: str
    departments: str
    source: str


@dataclass(frozen=True, slots=True)
class PlannedDepartment:
    """A department, enterprise or institute that the plan gives tasks to, by its short and its full name."""

    short: str
    full: str
    type: str
    is_issuer: bool
    is_verified: bool
    """Whether the full name stands in the plan itself or follows from it."""
    leads: tuple[str, ...]
    cooperates: tuple[str, ...]

    @property
    def name(self) -> str:
        """The full name; where it was supplied with a remark in brackets that is still to be verified, the plan's own."""
        return self.full if self.is_verified or "（" not in self.full else self.short


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan."""

    title: str
    doc_no: str
    issued_on: str
    notice_title: str
    issuing_departments: tuple[str, ...]
    nodes: tuple[PlannedNode, ...]
    targets: tuple[PlannedTarget, ...]
    safeguards: tuple[Safeguard, ...]
    departments: tuple[PlannedDepartment, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """A field of ICS or a class of CCS, by its code."""

    scheme: str
    code: str
    zh: str
    en: str


@cache
def plan() -> Plan:
    """The plan, read from its file at the first question."""
    content = _content("framework.yaml")
    document = content["document"]
    return Plan(
        title=document["title"],
        doc_no=document["doc_no"],
        issued_on=document["issued_on"],
        notice_title=document["notice_title"],
        issuing_departments=tuple(document["issuing_departments"]),
        nodes=tuple(_node(entry) for entry in content["nodes"]),
        targets=tuple(_target(entry) for entry in content["targets"]),
        safeguards=tuple(
            Safeguard(**{field: entry[field] for field in Safeguard.__slots__}) for entry in content["safeguards"]
        ),
        departments=tuple(_department(entry) for entry in content["departments"]),
    )


@cache
def classes() -> tuple[Class, ...]:
    """The fields of ICS and the classes of CCS."""
    content = _content("classifications.yaml")
    return tuple(
        Class(scheme, entry["code"], entry["zh"], entry["en"]) for scheme in ("ics", "ccs") for entry in content[scheme]
    )


def _content(name: str) -> Any:  # noqa: ANN401  # what YAML holds; typed by the functions below
    return yaml.safe_load(files("standards_wf").joinpath("framework", name).read_text(encoding="utf-8"))


def _node(entry: dict[str, Any]) -> PlannedNode:
    box = entry.get("box")
    return PlannedNode(
        code=entry["code"],
        name=entry["name"],
        kind=entry["kind"],
        level=entry["level"],
        parent=entry["parent"],
        source=entry["source"],
        box=f"专栏{box['no']} {box['title']}" if box else "",
        summary=entry["summary"],
        lead_departments=tuple(entry["lead_departments"]),
        cooperating_departments=tuple(entry["cooperating_departments"]),
        departments_open_ended=entry["departments_open_ended"],
        departments_inherited_from=entry["departments_inherited_from"],
        key_topics=tuple(topic["name"] for topic in entry["key_topics"]),
        deliverables=tuple(PlannedDeliverable(**deliverable) for deliverable in entry["named_deliverables"]),
    )


def _target(entry: dict[str, Any]) -> PlannedTarget:
    fields = {field: entry[field] for field in PlannedTarget.__slots__ if field != "unit"}
    return PlannedTarget(unit=entry["unit"] or "", **fields)


def _department(entry: dict[str, Any]) -> PlannedDepartment:
    return PlannedDepartment(
        short=entry["short"],
        full=entry["full"],
        type=entry["type"],
        is_issuer=entry["issuing_department"],
        is_verified=not entry["basis"].endswith("to be verified"),
        leads=tuple(entry["leads"]),
        cooperates=tuple(entry["cooperates"]),
    )
