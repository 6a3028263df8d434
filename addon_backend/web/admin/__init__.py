"""``/admin``: top-level pages for whoever administers a workspace. No script runs on them."""

from __future__ import annotations

from flask import Blueprint, Flask

from addon_backend.domain.errors import AddonError
from addon_backend.web.admin import entrance, pages
from addon_backend.web.admin.desk import problem_page


def register(app: Flask) -> None:
    """Serve them."""
    blueprint = Blueprint("admin", __name__, url_prefix="/admin")
    blueprint.before_request(entrance.only_looked_at)
    blueprint.register_error_handler(AddonError, problem_page)
    for room in (entrance, pages):
        room.add_to(blueprint)
    app.register_blueprint(blueprint)
