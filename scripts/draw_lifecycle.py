"""Write the pages of the documentation that come from the procedure: docs/lifecycle.md and its pictures."""

from pathlib import Path

from standards_wf.wording.lifecycle import pages

DOCS = Path(__file__).resolve().parent.parent / "docs"

if __name__ == "__main__":
    for path, content in pages().items():
        (DOCS / path).parent.mkdir(exist_ok=True)
        (DOCS / path).write_text(content, encoding="utf-8")
