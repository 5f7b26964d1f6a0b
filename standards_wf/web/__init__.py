"""The pages: a view parses, makes one call, and answers."""

from flask import Flask
from flask_login import LoginManager


def install(app: Flask, login_manager: LoginManager) -> None:
    """Give the application its pages."""
