"""What the suite needs from the operating system: a browser, an office program, fonts, a database and a page painter."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.children import run

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class MissingPackage(Exception):
    """Something is missing that this user may not install; the text is the one sentence to print."""


@dataclass(frozen=True)
class Requirement:
    """A thing that the suite uses and Debian's packages that bring it."""

    name: str
    packages: tuple[str, ...]
    is_there: bool


def provide() -> None:
    """Install what the suite needs. Raises MissingPackage with the command to type where that is not allowed."""
    missing = [each for each in _requirements() if not each.is_there]
    if missing:
        names = [package for each in missing for package in each.packages]
        install_packages(names, purpose="make test")
        still = [each.name for each in _requirements() if not each.is_there]
        if still:
            raise MissingPackage(f"make test needs {_listed(still)}, not found after installing {' '.join(names)}.")


def install_packages(packages: Sequence[str], *, purpose: str) -> None:
    """Install Debian packages as root or by password-less sudo. Raises MissingPackage where neither is possible."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise MissingPackage(
            f"{purpose} needs what Debian calls {_listed(packages)}: install it with your package manager."
        )
    before = _as_root()
    if before is None:
        raise MissingPackage(
            f"{purpose} needs {_listed(packages)}, not installed here; the command is: "
            f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        )
    print(f"Installing {_listed(packages)} from the system's packages …", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    quietly = ("--quiet=2", "-o", "Dpkg::Use-Pty=0")
    run(*before, "apt-get", *quietly, "update")
    run(*before, *command[:2], *quietly, *command[2:])


def browser() -> str:
    """The command of a Chromium that really starts: Ubuntu's package may be a note that points to a snap."""
    for name in BROWSERS:
        command = shutil.which(name)
        if command and re.search(r"Chrom\w+ \d+", _output(command, "--version")):
            return command
    return ""


def _requirements() -> tuple[Requirement, ...]:
    office = Path(shutil.which("soffice") or "/").resolve().parent / "libswlo.so"
    formulae = office.with_name("libsmlo.so")
    servers = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    chinese = "Noto Sans CJK" in _output("fc-list", ":lang=zh-cn", "family")
    return (
        Requirement("a Chromium that starts", ("chromium",), bool(browser())),
        Requirement("LibreOffice Writer", ("libreoffice-writer-nogui",), office.exists()),
        Requirement("LibreOffice Math", ("libreoffice-math-nogui",), formulae.exists()),
        Requirement("Noto CJK fonts", ("fontconfig", "fonts-noto-cjk"), chinese),
        Requirement("PostgreSQL's server programs", ("postgresql",), bool(servers)),
        Requirement("pdftoppm", ("poppler-utils",), bool(shutil.which("pdftoppm"))),
    )


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; `None` where there is no way."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
