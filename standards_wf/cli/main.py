"""The program `standards-wf`: its commands, its exit status, and how it says no.

It ends with 0 when the thing was done, with 1 when the answer is no, with 2 when it was called or set up wrongly.
"""

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from standards_wf.cli.refusing import say_no
from standards_wf.cli.speaking import SpokenGroup, language_asked_for, language_of, mistaken_call
from standards_wf.errors import StandardsError
from standards_wf.settings import InvalidSettings
from standards_wf.wording.language import Term, t, use

DONE, NO, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
_HERE = "standards_wf.cli.commands"
MEMBERS = {
    "init": f"{_HERE}.serving",
    "demo": f"{_HERE}.demonstrating",
    "serve": f"{_HERE}.serving",
    "worker": f"{_HERE}.working",
    "clock": f"{_HERE}.working",
    "act": f"{_HERE}.cases",
    "show": f"{_HERE}.cases",
    "confirm": f"{_HERE}.confirming",
    "withdraw-prepared": f"{_HERE}.confirming",
    "correct-stage": f"{_HERE}.confirming:correct",
    "corrections": f"{_HERE}.confirming",
    "deadlines": f"{_HERE}.deadlines",
    "suspend": f"{_HERE}.deadlines:suspend_project",
    "resume": f"{_HERE}.deadlines:resume_project",
    "generate": f"{_HERE}.papers",
    "archive": f"{_HERE}.archives",
    "reviews": f"{_HERE}.long_life",
    "citations": f"{_HERE}.long_life",
    "plans": f"{_HERE}.plans",
    "suggestions": f"{_HERE}.plans",
    "procedure": f"{_HERE}.procedures",
    "number": f"{_HERE}.numbers",
    "numbers": f"{_HERE}.numbers",
    "read": f"{_HERE}.texts",
    "search": f"{_HERE}.searches",
    "index": f"{_HERE}.indexes",
    "users": f"{_HERE}.users",
    "tokens": f"{_HERE}.tokens",
    "audit": f"{_HERE}.audits",
    "bench": f"{_HERE}.benchmarks",
}

log = logging.getLogger(__name__)


class Program(SpokenGroup):
    """The program as a whole: it speaks the language of the terminal, and no traceback leaves it."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Begin to speak the language of the terminal, or the one that is asked for anywhere in the call."""
        use(language_asked_for(args) or language_of(os.environ))
        return super().make_context(info_name, args, parent, **extra)

    def main(  # type: ignore[override]  # this program always ends the process
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run one command and end with its status."""
        given = list(args) if args is not None else sys.argv[1:]
        extra["standalone_mode"] = False
        try:
            status = self._run(given, prog_name or "standards-wf", extra, machine="--json" in given)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the answer has had enough of it; what is still in the buffer goes nowhere.
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = NO
        sys.exit(status)

    def _run(self, args: list[str], name: str, extra: dict[str, Any], *, machine: bool) -> int:
        try:
            answer = super().main(args, name, **extra)
        except BrokenPipeError:
            raise
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else NO
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  no traceback reaches a user
            return _explain(error, machine=machine)
        return answer if isinstance(answer, int) else DONE


def _explain(error: BaseException, *, machine: bool) -> int:
    """Say why a command did not do what it was asked to, and answer its status."""
    status = NO
    match error:
        case click.Abort() | KeyboardInterrupt():
            status = INTERRUPTED
            click.echo(t("已中断。", "Interrupted."), err=True)
        case click.ClickException():
            status = WRONG_CALL
            click.echo(mistaken_call(error), err=True)
        case InvalidSettings():
            status = WRONG_CALL
            click.echo("\n".join(error.problems), err=True)
        case StandardsError():
            say_no(error, machine=machine)
        case SQLAlchemyError():
            log.info("the database failed", exc_info=error)
            click.echo(_database_trouble(error), err=True)
        case _:
            _note(error)
    return status


def _note(error: BaseException) -> None:
    """One sentence for the person at the terminal; what led to it goes into the log, if one is open."""
    sentence = t("出了意外的错误，详情见日志。", "Something unexpected happened; the log has the details.")
    if logging.getLogger().handlers:
        log.error(sentence, exc_info=error)
    else:
        what = f"{type(error).__name__}: {error}"
        click.echo(t("出了意外的错误：{what}", "Something unexpected happened: {what}", what=what), err=True)


def _database_trouble(error: SQLAlchemyError) -> str:
    cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return t("数据库不能使用：{cause}", "The database cannot be used: {cause}", cause=cause)


standards_wf = Program(
    "standards-wf",
    about=Term(
        "标准全生命周期管理系统：地方标准、团体标准和计量技术规范，从建议到实施。",
        "The lifecycle of standards: local standards, group standards and metrology specifications, "
        "from the suggestion to the document in force.",
    ),
    members=MEMBERS,
    no_args_is_help=True,
)


def main() -> NoReturn:
    """The entry of the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    standards_wf.main()


if __name__ == "__main__":
    main()
