"""Write docs/lifecycle.md: the three procedures as diagrams and tables, as the command line shows them."""

import subprocess
import sys
from pathlib import Path

from standards_wf.workflow.vocabulary import Kind

PAGE = Path(__file__).resolve().parent.parent / "docs" / "lifecycle.md"
OPENING = """# The lifecycle

This page is drawn from the tables of the procedure by `make docs`; change the tables and not the page.
"""


def main() -> None:
    """Ask for each procedure in both forms and write the page."""
    parts = [OPENING]
    for kind in Kind:
        parts.append(f"## {kind.replace('_', ' ').capitalize()}\n")
        parts.append(f"```mermaid\n{_shown(kind, 'mermaid')}\n```\n")
        parts.append(f"```text\n{_shown(kind, 'table')}\n```\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _shown(kind: Kind, form: str) -> str:
    command = [sys.executable, "-m", "standards_wf.cli.main", "procedure", "show", kind, "--format", form]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip().splitlines()
    return "\n".join(line.rstrip() for line in lines)


if __name__ == "__main__":
    main()
