"""Proving the record, and sealing it."""

from pathlib import Path

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import now, open_workplace
from standards_wf.cli.record_export import export_record
from standards_wf.cli.speaking import SpokenGroup, command, option
from standards_wf.services.audit import AuditReport
from standards_wf.services.audit import verify as verify_record
from standards_wf.services.people import OPERATOR
from standards_wf.services.seals import seal as set_seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording.language import Term, t

audit = SpokenGroup(
    "audit",
    about=Term("办理记录是否完整、未被改动。", "Whether the record is whole and nobody has changed it."),
    members={"verify": __name__, "seal": __name__},
)


@command(
    "verify",
    about=Term(
        "核对全部历史的散列链和封存，指出第一条被改动、删除或插入的记录。",
        "Check the hash chains of all histories and the seals, and name the first row that was altered, removed or "
        "inserted.",
    ),
    example="standards-wf audit verify\nstandards-wf audit verify --export record.jsonl",
)
@option(
    "--export",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    about=Term(
        "同时把全部记录写入文件（每行一条JSON），供他人核对",
        "also write the whole record to a file, one row of JSON a line, for others to check",
    ),
)
@printing.as_json
def verify(file: Path | None, *, machine: bool) -> int:
    """Walk everything that is recorded."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        report = verify_record(session)
        written = export_record(session, file) if file else None
    if machine:
        _as_data(report, written)
    else:
        _as_text(report)
        if written is not None:
            printing.say(t("已写入 {n} 条：{file}", "{n} rows are written to {file}", n=written, file=file))
    return 0 if report.is_whole else 1


def _as_data(report: AuditReport, written: int | None) -> None:
    counts = {"projects": report.projects, "events": report.events, "administration": report.administration_events}
    found = [
        {
            "place": each.place,
            "problem": each.problem,
            "chain": each.chain,
            "seq": each.seq,
            "last": each.last,
            "seal": each.seal,
            "message": str(each),
        }
        for each in report.breaks
    ]
    exported = {} if written is None else {"exported": written}
    printing.data({"whole": report.is_whole, **counts, "seals": report.seals, "breaks": found, **exported})


def _as_text(report: AuditReport) -> None:
    printing.say(
        t(
            "核对了 {projects} 个项目的 {events} 条历史、{administration} 条管理记录、{seals} 次封存。",
            "Checked {events} events of {projects} projects, {administration} events of administration, {seals} seals.",
            projects=report.projects,
            events=report.events,
            administration=report.administration_events,
            seals=report.seals,
        )
    )
    if report.is_whole:
        printing.say(t("记录完整，未被改动。", "The record is whole; nothing was changed."))
        return
    first, *others = report.breaks
    printing.tell(t("第一处：{what}", "First: {what}", what=first))
    for each in others:
        printing.tell(f"  {each}")


@command(
    "seal",
    about=Term(
        "立即封存：把此刻全部记录的末条连同上一次封存一起做散列。每日会自动封存一次。",
        "Seal now: hash the heads of all chains together with the seal before. Once a day it is done anyway.",
    ),
    example="standards-wf audit seal",
)
@printing.as_json
def seal(*, machine: bool) -> None:
    """Set a seal."""
    workplace = open_workplace()
    with workplace.sessions() as session, unit_of_work(session):
        made = set_seal(session, moment=now(workplace), actor=OPERATOR)
    if machine:
        printing.data({"seal": made.seq, "chains": made.chains, "events": made.events, "hash": made.hash})
    else:
        printing.say(t("第 {n} 次封存：{hash}", "Seal {n}: {hash}", n=made.seq, hash=made.hash))
