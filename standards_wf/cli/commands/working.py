"""The worker, beside the web server or by itself, and what the clock will do."""

from datetime import date

import click

from standards_wf.cli import printing
from standards_wf.cli.instance import now, open_workplace
from standards_wf.cli.speaking import command, option
from standards_wf.services.papers import generate
from standards_wf.services.people import OPERATOR
from standards_wf.services.reading.clock import ClockPage, Run, clock_page, last_run
from standards_wf.wording import dates, labels
from standards_wf.wording.language import Term, t
from standards_wf.worker.loop import run, run_once

NOT_DONE = 1


@command(
    "worker",
    about=Term(
        "后台处理程序：更新索引、生成材料、发送通知和提醒，以及每日由系统办理的事项；直到按 Ctrl-C。\n"
        "加上 --once 时，办完当天的事项和当前的后台任务即结束；尚有未办成的，退出码为 1。",
        "The worker: indexes, renders, notifies and reminds, and does the daily acts of the system; until Ctrl-C.\n"
        "With --once it does the day's acts and the work that is due, and ends; 1 when something could not be done.",
    ),
    example="standards-wf worker\nstandards-wf worker --once",
)
@option("--once", is_flag=True, about=Term("办完当前事项即结束", "do what is due now, then end"))
@printing.as_json
def worker(*, once: bool, machine: bool) -> int:
    """Work until told to stop, or once."""
    workplace = open_workplace()
    settings = workplace.installation.settings
    if not once:
        workplace.engine.dispose()
        run(settings, generate)
        return 0
    done = run_once(settings, generate)
    at = now(workplace)
    with workplace.sessions() as session:
        run_of_today = last_run(session)
    if machine:
        printing.data({"day": at.day, "done": done, "last_run": _run_as_data(run_of_today)})
    elif done:
        printing.say(_run_in_words(run_of_today))
    else:
        printing.tell(
            t(
                "{day}的事项没有全部办成，详情见日志；稍后再运行会继续。",
                "Not everything of {day} could be done; the log has the details, and another run goes on with it.",
                day=dates.long_date(at.day),
            )
        )
    return 0 if done else NOT_DONE


@command(
    "clock",
    about=Term(
        "显示系统上次每日运行办理了什么，以及今后将自动办理哪些事项。",
        "Show what the last daily run did, and what the clock will do by itself.",
    ),
    example="standards-wf clock\nstandards-wf clock --days 90 --json",
)
@option(
    "--days",
    type=click.IntRange(0, 3660),
    default=30,
    show_default=True,
    about=Term("今后多少天", "for how many days ahead"),
)
@printing.as_json
def clock(days: int, *, machine: bool) -> None:
    """Print what the clock did last and does next."""
    workplace = open_workplace()
    at = now(workplace)
    with workplace.sessions() as session:
        page = clock_page(session, ahead=days, actor=OPERATOR, today=at.day)
    if machine:
        acts = [
            {
                "due_on": act.due_on,
                "action": act.action,
                "project": act.project_id,
                "kind": act.kind,
                "title_zh": act.title_zh,
                "number": act.number,
            }
            for act in page.acts
        ]
        printing.data({"today": at.day, "last_run": _run_as_data(page.last_run), "until": page.until, "acts": acts})
    else:
        _as_text(page, at.day)


def _as_text(page: ClockPage, today: date) -> None:
    printing.say(_run_in_words(page.last_run))
    printing.say()
    if not page.acts:
        printing.say(
            t(
                "到{until}为止，没有由系统办理的事项。",
                "Nothing falls due for the clock up to {until}.",
                until=dates.long_date(page.until),
            )
        )
        return
    printing.table(
        [t("到期日", "due"), "", t("事项", "act"), t("项目", "project")],
        (
            [
                act.due_on,
                dates.days_left((act.due_on - today).days),
                labels.action(act.action, act.kind),
                " ".join(part for part in (f"#{act.project_id}", act.number, act.title_zh) if part),
            ]
            for act in page.acts
        ),
    )


def _run_in_words(run: Run | None) -> str:
    if run is None:
        return t("系统还没有做过每日运行。", "The clock has not run on any day yet.")
    return run.sentence()


def _run_as_data(run: Run | None) -> dict[str, object] | None:
    if run is None:
        return None
    return {
        "day": run.day,
        "covers_from": run.covers_from,
        "finished_at": run.finished_at,
        "acts": run.acts,
        "late_acts": run.late_acts,
        "reminders": run.reminders,
    }
