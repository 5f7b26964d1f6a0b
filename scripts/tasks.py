"""The commands behind make. Only the standard library: this runs before anything is installed."""

import os
import shlex
import sys

from scripts.children import Ended, run, status_of
from scripts.environment import PIP, ROOT, Needs, install, python
from scripts.system_packages import MissingPackage, browser, provide

CLI = ("-m", "standards_wf.cli.main")
COMPILE = (
    *(
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--upgrade",
        "--universal",
        "--python-version",
        "3.11",
    ),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--group", "build"),
)


def main(task: str) -> int:
    """Do one task and give the exit status."""
    tasks = {
        "run": serve,
        "install": lambda: install(Needs.RUN),
        "test": test,
        "check": check,
        "setup": setup,
        "lock": lock,
        "docs": docs,
    }
    os.chdir(ROOT)
    try:
        tasks[task]()
    except Ended as end:
        return end.status
    except MissingPackage as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def serve() -> None:
    """Install, prepare the instance, fill an empty database, and serve until stopped."""
    for variable in ("PORT", "INSTANCE"):
        if os.environ.get(variable):
            os.environ[f"STANDARDS_WF_{variable}"] = os.environ[variable]
    install(Needs.RUN)
    run(python(), *CLI, "init", "--without-administrator")  # the demonstration brings its own
    run(python(), *CLI, "demo", "--if-empty")
    run(python(), *CLI, "serve", "--with-worker")


def test() -> None:
    """Install what the suite needs, from the system too, and run it in two processes."""
    provide()
    install(Needs.TEST)
    os.environ["CHROMIUM"] = browser()
    run(python(), "-m", "pytest", "-n", "2", "--dist", "loadfile", *shlex.split(os.environ.get("ARGS", "")))


def check() -> None:
    """Ask every checker, also when an earlier one found something."""
    install(Needs.TEST)
    checkers = (
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    )
    found = [status for checker in checkers if (status := status_of(python(), *checker))]
    if found:
        raise Ended(1)


def setup() -> None:
    """Have everything a developer needs in the virtual environment."""
    install(Needs.TEST)


def lock() -> None:
    """Write both locks anew; the second holds what the first does and the developer's tools."""
    install(Needs.TEST)
    run(python(), *PIP, "install", "uv")
    run(python(), *COMPILE, "--output-file", Needs.RUN)
    run(python(), *COMPILE, "--group", "dev", "--constraints", Needs.RUN, "--output-file", Needs.TEST)


def docs() -> None:
    """Draw the pages that come from the procedure anew."""
    install(Needs.TEST)
    run(python(), "-m", "scripts.draw_lifecycle")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
