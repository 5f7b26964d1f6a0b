"""A skipped test is a test that nobody ran: the suite fails for it, unless ALLOW_SKIP=1 says that this is known."""

import os

import pytest

_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note(report)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _skipped and not _allowed() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped:
        verdict = "let pass by ALLOW_SKIP=1" if _allowed() else "which fails the suite"
        terminalreporter.section(f"{len(_skipped)} skipped, {verdict}", red=not _allowed(), yellow=_allowed())
        for line in sorted(set(_skipped)):
            terminalreporter.write_line(line)


def _note(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Remember a skip with its reason; a failure that was expected is no skip."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _skipped.append(f"{report.nodeid}: {reason}")


def _allowed() -> bool:
    return os.environ.get("ALLOW_SKIP") == "1"
