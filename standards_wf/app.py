"""Where everything meets: the Flask application, made from the settings."""

import os
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from standards_wf import api, web
from standards_wf.installation import Installation
from standards_wf.models.database import prepare
from standards_wf.request import EXTENSION, db
from standards_wf.settings import PROJECT_FOLDER, Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The application of one installation; without settings, that of the environment."""
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(
        "standards_wf",
        root_path=str(PROJECT_FOLDER),
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
        instance_path=str(settings.instance),
    )
    app.config.update(_configuration(settings))
    app.extensions[EXTENSION] = Installation.of(settings)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    csrf = CSRFProtect(app)
    login_manager = LoginManager(app)
    app.after_request(_with_security_headers)  # entered first and so asked last: whatever another has made has them
    web.install(app, login_manager)
    api.install(app, login_manager, csrf)
    app.jinja_env.globals["asset_url"] = _asset_urls(Path(app.static_folder or ""))
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": settings.max_upload_mb * 1024 * 1024 + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "SESSION_COOKIE_NAME": "standards_wf",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
    }


def _asset_urls(folder: Path) -> Callable[[str], str]:
    """Addresses of static files that change with their content, so that browsers may keep them for a year."""
    known: dict[str, str] = {}

    def asset_url(path: str) -> str:
        if path not in known:
            digest = sha256((folder / path).read_bytes()).hexdigest()[:12]
            known[path] = url_for("static", filename=path, v=digest).removeprefix(request.script_root)
        return request.script_root + known[path]

    return asset_url


def _with_security_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
