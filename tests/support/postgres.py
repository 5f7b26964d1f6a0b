"""A PostgreSQL cluster of the suite's own: made when a test first asks for it, gone when the suite is.

1. The process that started pytest chooses a folder and tells its xdist processes by an environment variable.
2. The first test that asks starts a guard, one for all processes. The guard makes and starts the cluster in that folder.
3. The cluster listens on a socket in the folder and on no network, so it can neither meet nor disturb another server.
4. The guard watches the process that started pytest. When that is gone, however it went, the cluster is stopped and removed.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

FOLDER = "SUITE_CLUSTER_FOLDER"
OWNER = "SUITE_CLUSTER_OWNER"
SUPERUSER = "postgres"
SECONDS_TO_START = 120
QUICK_AND_FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}

_guards: list["subprocess.Popen[bytes]"] = []
"""Kept for as long as this process lives, which is exactly as long as the guard does its work."""


def fresh_database(template: str | None = None) -> str:
    """A new database, empty or a copy of a template that nobody is connected to; gives its name."""
    name = f"test_{uuid4().hex}"
    names = {"name": sql.Identifier(name), "template": sql.Identifier(template or "template1")}
    _do(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**names))
    return name


def drop_database(name: str) -> None:
    """Remove a database, whoever is still connected to it."""
    _do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(database: str) -> str:
    """The address of a database, as SQLAlchemy writes it."""
    return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={_cluster()}"


def _do(statement: sql.Composed) -> None:
    with psycopg.connect(host=str(_cluster()), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


@cache
def _cluster() -> Path:
    """The folder of the running cluster, which is started when it is first asked for."""
    folder = Path(os.environ[FOLDER])
    with _alone(folder):
        if not (folder / "guarded").exists():
            (folder / "guarded").touch()
            with (folder / "log").open("wb") as log:
                guard_of_all = subprocess.Popen(
                    [sys.executable, __file__, str(folder), os.environ[OWNER]],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            _guards.append(guard_of_all)
    _wait_until_ready(folder)
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder, in the process that started pytest; a socket's path has to be short."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="swf-pg-", dir="/tmp")
        os.environ[FOLDER] = folder
        os.environ[OWNER] = str(os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove a folder that no test needed; otherwise the guard cleans up as soon as this process has ended."""
    folder = Path(os.environ.get(FOLDER, ""))
    if not hasattr(config, "workerinput") and folder.is_dir() and not (folder / "guarded").exists():
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process of the suite at a time."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _wait_until_ready(folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not (folder / "ready").exists():
        if (folder / "failed").exists() or time.monotonic() > deadline:
            pytest.fail(
                "PostgreSQL could not be started:\n" + (folder / "log").read_text(errors="replace"), pytrace=False
            )
        time.sleep(0.05)


def guard(folder: Path, owner: int) -> None:
    """Make and start the cluster, keep it while its owner lives, then stop and remove it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server: subprocess.Popen[bytes] | None = None
    try:
        server = _start(folder)
        (folder / "ready").touch()
        while Path(f"/proc/{owner}").exists() and server.poll() is None:
            time.sleep(0.2)
    except BaseException:
        (folder / "failed").touch()
        raise
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once, without a checkpoint: nothing in there is to be kept
            server.wait()
        if not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> "subprocess.Popen[bytes]":
    """Make a cluster and start its server; PostgreSQL refuses to run as root, so root lends it to another user."""
    programs = _programs()
    user = _other_user() if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    data = folder / "data"
    data.mkdir(mode=0o700)
    for each in (folder, data):
        os.chown(each, user.pw_uid, user.pw_gid)
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder), **QUICK_AND_FORGETFUL}
    make: list[str | Path] = [programs / "initdb", "--no-sync", "-D", data, "-U", SUPERUSER, "-A", "trust"]
    make += ["-E", "UTF8", "--locale=C.UTF-8"]
    serve: list[str | Path] = [
        programs / "postgres",
        "-D",
        data,
        *(f"--{name}={value}" for name, value in settings.items()),
    ]
    if _start_as(user, make, folder).wait():
        sys.exit(1)
    server = _start_as(user, serve, folder)
    while server.poll() is None and not _answers(folder):
        time.sleep(0.05)
    if server.poll() is not None:
        sys.exit(1)
    return server


def _start_as(user: pwd.struct_passwd, command: Sequence[str | Path], folder: Path) -> "subprocess.Popen[bytes]":
    """Start a program as another user, if this is root."""
    environment = {"PATH": os.environ.get("PATH", "/usr/bin"), "LC_ALL": "C.UTF-8"}
    if os.geteuid():
        return subprocess.Popen(command, cwd=folder, env=environment)
    return subprocess.Popen(command, cwd=folder, env=environment, user=user.pw_uid, group=user.pw_gid, extra_groups=[])


def _programs() -> Path:
    """The newest server programs that Debian's packages have installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()]
    if not found:
        sys.exit("no PostgreSQL under /usr/lib/postgresql: apt-get install postgresql")
    return found[-1]


def _other_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user=SUPERUSER, dbname="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    guard(Path(sys.argv[1]), int(sys.argv[2]))
