"""What the conventions claim about the files of the project, asked of the files themselves."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "standards_wf"
LONGEST_FILE = 500
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
BINARY = {".docx", ".png", ".ico", ".jpg", ".gz", ".zip"}
STAGE_SETTER = "_arrive"
BY_HAND = PACKAGE / "bench" / "acts.py"
"""The benchmark does in a throw-away database by hand what the lifecycle does, to compare the two."""
MAY_SET_A_STAGE = {"lifecycle.perform", "lifecycle.correct_stage"}
TABLES = {"group_standard.py", "local_standard.py", "metrology_specification.py"}
"""The published procedure, one row after another: a table is as long as what it lists."""


def files_of_the_project() -> tuple[Path, ...]:
    """Everything that is or would be committed."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST, name: str) -> Iterator[tuple[str, ast.AST]]:
    """Each node that sits directly in a function or at the top, with the dotted name of where it sits."""
    for child in ast.iter_child_nodes(tree):
        inside = f"{name}.{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else name
        yield name, child
        yield from functions(child, inside)


def test_nothing_but_the_lifecycle_assigns_a_stage() -> None:
    assigned_in = {
        place
        for path, tree in sources()
        if PACKAGE / "workflow" not in path.parents  # which knows no project that it could change
        for place, node in functions(tree, path.stem)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "stage"
    }
    arrives_in = {
        place
        for path, tree in sources()
        for place, node in functions(tree, path.stem)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == STAGE_SETTER
    }
    assert assigned_in == {f"lifecycle.{STAGE_SETTER}"}
    assert arrives_in <= MAY_SET_A_STAGE


def test_nobody_sets_a_stage_behind_the_lifecycle_with_setattr_or_an_update() -> None:
    elsewhere = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in sources()
        if path != BY_HAND
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "setattr" and _says(node.args[1:2], "stage"))
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "values" and _has_keyword(node, "stage"))
        )
    ]
    assert elsewhere == []


def test_only_the_clock_reads_the_clock() -> None:
    readers = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in sources()
        if path != PACKAGE / "clock.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in readers
    ]
    assert found == []


def test_only_the_settings_and_whoever_starts_a_process_read_the_environment() -> None:
    starters = {"app.py", "pdf.py", "server.py", "settings.py"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in sources()
        if path.name not in starters and "cli" not in path.relative_to(PACKAGE).parts and path.stem != "worker"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert found == []


def test_the_procedure_knows_only_the_standard_library_transitions_and_the_holidays() -> None:
    allowed = {*sys.stdlib_module_names, "transitions", "chinese_calendar"}
    strangers = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, tree in sources()
        if PACKAGE / "workflow" in path.parents
        for name in _imported(tree)
        if name.split(".")[0] not in allowed and not name.startswith("standards_wf.workflow")
    ]
    assert strangers == []


# Days that are counted and are no deadline of a case: a role's last day, a link that runs out, the day after a run, the days of a call.
_COUNTS_DAYS_OF_ITS_OWN = {
    "workflow/calendar.py",
    "workflow/deadlines.py",
    "workflow/working_days.py",
    "services/administration.py",
    "services/clock_acts.py",
    "services/confirmations.py",
    "services/two_persons.py",
    "services/reading/clock.py",
    "api/idempotency.py",
    "web/entrance/calls.py",
    "app.py",
}


def test_a_deadline_is_computed_in_one_place_alone() -> None:
    counting = set()
    for path, tree in sources():
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(("demo/", "bench/", "workflow/proof/")):
            continue  # they make up cases, and with them their dates
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "standards_wf.workflow.calendar":
                taken = {alias.name for alias in node.names}
                counting |= {name} if taken & {"add_months", "last_day"} else set()
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "timedelta":
                named = {keyword.arg for keyword in node.keywords}
                counting |= {name} if named & {"days", "weeks"} else set()
    assert counting <= _COUNTS_DAYS_OF_ITS_OWN, counting - _COUNTS_DAYS_OF_ITS_OWN


KIND = re.compile(r"\bKind\.[A-Z]")
MAY_NAME_A_KIND = ("workflow", "wording", "demo", "bench", "documents")
"""Where kinds are described, labelled, shown and measured; everybody else asks what sets a kind apart."""


def test_no_service_and_no_page_knows_a_kind_by_name() -> None:
    named = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] not in MAY_NAME_A_KIND and KIND.search(path.read_text(encoding="utf-8"))
    }
    codes = re.compile(r"[\"'](?:local_standard|group_standard|metrology_specification)[\"']")
    in_pages = {
        path.name for path in (ROOT / "templates").rglob("*.html") if codes.search(path.read_text(encoding="utf-8"))
    }
    assert named == set()
    assert in_pages == set()


def test_the_package_itself_imports_nothing() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


def test_files_are_named_for_what_they_hold() -> None:
    named = [path for path in files_of_the_project() if path.stem.lower() in EMPTY_NAMES]
    assert named == []


def test_no_source_file_is_longer_than_one_idea() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files_of_the_project()
        if path.suffix in {".py", ".html", ".sh"}
        and path.name not in TABLES
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_file_speaks_of_a_machine_that_the_reader_does_not_have() -> None:
    homes = re.compile(
        r"(?<![\w.])/(?:work|home|Users|root)/\w|\.\./shared\b|https?://(?:pypi|files\.pythonhosted|deb\.debian)\.\w+"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files_of_the_project()
        if path.suffix not in BINARY and path != Path(__file__) and ".min." not in path.name
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if homes.search(line)
    ]
    assert found == []


def _says(arguments: list[ast.expr], word: str) -> bool:
    return any(isinstance(each, ast.Constant) and each.value == word for each in arguments)


def _has_keyword(call: ast.Call, name: str) -> bool:
    return any(each.arg == name for each in call.keywords)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
