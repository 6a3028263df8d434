"""The peer of `accept.py`: Flask, a checked body, one row in SQLite, and none of our guarantees."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from uuid import uuid4

from flask import Flask, request
from pydantic import BaseModel


class Sheet(BaseModel):
    """Which sheet."""

    host: str
    document: str
    sheet: str


class Start(BaseModel):
    """The same body that we take."""

    quote_id: str
    sheet: Sheet
    range: str
    recipe: str


def make() -> Flask:
    """Return the application; gunicorn calls this."""
    database = os.environ["BARE_DATABASE"]
    with closing(_open(database)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS run (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
    app = Flask(__name__)

    @app.post("/runs")
    def start() -> tuple[dict[str, str], int]:
        asked = Start.model_validate(request.get_json())
        run = uuid4().hex
        with closing(_open(database)) as connection:
            connection.execute("INSERT INTO run VALUES (?, ?)", (run, asked.model_dump_json()))
        return {"id": run}, 202

    return app


def _open(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
