"""The HTTP API: the same services as the pages, in JSON."""

from flask import Flask
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect


def install(app: Flask, login_manager: LoginManager, csrf: CSRFProtect) -> None:
    """Give the application its API."""
