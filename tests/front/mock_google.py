"""The part of the contract that Google Sheets needs: a ticket for Google's token, and her consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request

if TYPE_CHECKING:
    from tests.front.mock_server import Mock

SESSION = "/v1/google/session"


def register(app: Flask, mock: Mock) -> None:
    """Serve it, and the page on which she agrees."""

    @app.post(SESSION)
    def session() -> Response:
        mock.asked.append(("session", request.get_json()))
        return jsonify({"ticket": "ticket", "expires_in": 3600, "language": "en"})

    @app.get("/v1/google/consent")
    def consent() -> Response:
        return jsonify(mock.consent)

    @app.post("/v1/google/consent")
    def ask() -> Response:
        mock.asked.append(("consent", {}))
        return jsonify({"address": f"{mock.url}/agree", "expires_in": 60})

    @app.delete("/v1/google/consent")
    def end() -> Response:
        mock.consent = {"connected": False, "scopes": [], "problem": None, "opens": True}
        return jsonify(mock.consent)

    @app.get("/agree")
    def agree() -> str:
        mock.consent = {"connected": True, "scopes": [], "problem": None, "opens": True}
        return "You can close this tab."
