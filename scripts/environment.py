"""The virtual environment: made once, filled from the locks, and made anew only when something it depends on changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from scripts.children import run
from scripts.system_packages import install_packages

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-qq")


class Needs(StrEnum):
    """What the environment is for; each is a lock file."""

    RUN = "requirements.lock"
    TEST = "requirements-dev.lock"


def python() -> Path:
    """The interpreter of the environment."""
    return FOLDER / "bin" / "python"


def install(needs: Needs) -> None:
    """Have the locked dependencies and the project itself in the environment.

    Raises MissingPackage when the system's Python cannot make environments and may not be completed.
    """
    with _alone():
        if _stamp(needs).exists() and _works():
            return
        if not _works():
            _make()
        print(f"Installing the locked dependencies of {needs} (once; a minute or two) …", flush=True)
        os.environ.update(PIP_USER="0", PIP_REQUIRE_VIRTUALENV="1", PYTHONUTF8="1")
        run(python(), *PIP, "install", "--require-hashes", "-r", needs)
        run(python(), *PIP, "install", "--no-deps", "--no-build-isolation", "--editable", ".")
        for satisfied in Needs if needs is Needs.TEST else (needs,):
            _stamp(satisfied).touch()


def _make() -> None:
    """Make an empty environment, with pip, in place of one that is missing, too old or was moved here."""
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    try:
        import ensurepip  # noqa: F401, PLC0415  Debian ships it in a package of its own
    except ImportError:
        install_packages(
            [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"], purpose="The virtual environment"
        )
    print(f"Making the virtual environment with Python {sys.version.split()[0]} …", flush=True)
    run(sys.executable, "-m", "venv", FOLDER)


def _works() -> bool:
    """Whether the environment is there, was made in this very folder and has a Python that is recent enough."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        made_here = f"-m venv {FOLDER}\n" in (FOLDER / "pyvenv.cfg").read_text(encoding="utf-8") + "\n"
        return (
            made_here and subprocess.run([python(), "-c", question], check=False, capture_output=True).returncode == 0
        )
    except OSError:
        return False


def _stamp(needs: Needs) -> Path:
    """The file that says: what is installed is what these files ask for."""
    digest = hashlib.sha256()
    for file in (ROOT / needs, ROOT / "pyproject.toml", FOLDER / "pyvenv.cfg"):
        digest.update(file.read_bytes() if file.exists() else b"")
    return FOLDER / f"{needs}.{digest.hexdigest()[:16]}.installed"


@contextmanager
def _alone() -> Iterator[None]:
    """Let two commands that run at the same time install one after the other."""
    folder = os.open(ROOT / "scripts", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
