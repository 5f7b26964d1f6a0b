"""What a page costs: the project page and the search page against an empty Flask page with one query.

Both are asked through their WSGI applications in this process, so that no network stands between. Reading waits for no
disk, so the processor's time is taken: who else uses the machine is left out. The empty page reads
one row through a session like ours and fills a template of three lines.
"""

from contextvars import copy_context
from functools import partial
from io import BytesIO
from time import process_time
from urllib.parse import quote

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from standards_wf.app import create_app
from standards_wf.bench.generated import ThrowAway
from standards_wf.bench.measuring import Deed, Pair, side_by_side
from standards_wf.models.database import prepare
from standards_wf.models.projects import Project
from standards_wf.services import indexing
from standards_wf.workflow.vocabulary import Stage

_EMPTY = "<!doctype html><title>{{ title }}</title>\n<h1>{{ title }}</h1>\n"
_WORD = "电能表"
OK = 200


def measure_pages(made: ThrowAway, *, pairs: int, documents: int) -> tuple[Pair, Pair]:
    """The project page as one of its people sees it, and the search page, each against the empty one."""
    project_id = made.generate(Stage.RESOLUTION, 1)[0]
    made.publish(documents)
    with made.workplace.sessions() as session:
        indexing.rebuild(session, made.workplace.installation.search)
    app = create_app(made.settings)
    empty = _asking(_empty_app(made.settings.database_url, project_id), "/")
    project = _asking(app, f"/projects/{project_id}", person=made.person_id)
    search = _asking(app, f"/search?q={quote(_WORD)}")
    return (
        side_by_side(lambda: project, lambda: empty, pairs=pairs, watch=process_time),
        side_by_side(lambda: search, lambda: empty, pairs=pairs, watch=process_time),
    )


def _empty_app(database_url: str, project_id: int) -> Flask:
    """A Flask application with a single page, which reads one row."""
    app = Flask("empty")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    db = SQLAlchemy(app, session_options={"expire_on_commit": False})
    with app.app_context():
        prepare(db.engine)

    @app.get("/")
    def empty() -> str:
        title = db.session.scalar(select(Project.title_zh).where(Project.id == project_id))
        return render_template_string(_EMPTY, title=title)

    return app


def _asking(app: Flask, path: str, *, person: int | None = None) -> Deed:
    """Asking for a page as a browser does, with a session if somebody is logged in."""
    cookie = ""
    if person is not None:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = f"{person}.0"
            session["_fresh"] = True
        name = app.config["SESSION_COOKIE_NAME"]
        kept = browser.get_cookie(name)
        cookie = f"{name}={kept.value}" if kept else ""
    environ = EnvironBuilder(path=path, headers=[("Cookie", cookie)] if cookie else None).get_environ()

    def fetch() -> Response:
        answer = Response(*run_wsgi_app(app.wsgi_app, {**environ, "wsgi.input": BytesIO()}, buffered=True))
        if answer.status_code != OK:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer

    # A page chooses the language of its reader; that choice stays in a context of its own.
    return partial(copy_context().run, fetch)
