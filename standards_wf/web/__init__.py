"""The pages: a view parses, makes one call, and answers."""

from flask import Flask
from flask_login import LoginManager

from standards_wf.web import (
    account,
    committees,
    deadlines,
    deputies,
    desk,
    downloads,
    errors,
    frame,
    language,
    login,
    numbers,
    reviews,
)
from standards_wf.web.admin import bp as admin
from standards_wf.web.entrance import bp as entrance
from standards_wf.web.projects import bp as projects
from standards_wf.web.public import bp as public


def install(app: Flask, login_manager: LoginManager) -> None:
    """Give the application its pages."""
    frame.install(app)
    login.install(login_manager)
    errors.install(app)
    for blueprint in (
        public,
        language.bp,
        login.bp,
        account.bp,
        deputies.bp,
        desk.bp,
        projects,
        downloads.bp,
        committees.bp,
        entrance,
        deadlines.bp,
        numbers.bp,
        reviews.bp,
        admin,
    ):
        app.register_blueprint(blueprint)
