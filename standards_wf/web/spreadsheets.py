"""Tables for a spreadsheet (CSV)."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(filename: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as something to save; `None` is an empty cell."""
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(head)
    write.writerows([_cell(value) for value in row] for row in rows)
    return Response(
        "\ufeff" + text.getvalue(),  # without the mark a spreadsheet takes Chinese for something else
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _cell(value: object) -> object:
    """What people typed must not be taken for a formula."""
    if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value
