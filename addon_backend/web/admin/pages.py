"""Members, what was spent, switches, the doctor: what is shown, and what their forms do."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from addon_backend.domain.errors import BodyInvalid, NotVisible
from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.switches import Admission
from addon_backend.services.admin.doctor import examine
from addon_backend.services.admin.members import admit, members
from addon_backend.services.admin.spending import spending
from addon_backend.services.admin.switching import Order, pause, standing, switch, traces
from addon_backend.web import edge
from addon_backend.web.admin.desk import caller, page, to

MEMBERS_A_PAGE = 200
_NUMBER = re.compile(r"[0-9]{1,4}")
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add_to(blueprint: Blueprint) -> None:
    """Serve them."""
    blueprint.add_url_rule("/members", "members", members_page)
    blueprint.add_url_rule("/members.csv", "members_csv", members_csv)
    blueprint.add_url_rule("/members/<member>", "admit", admit_member, methods=["POST"])
    blueprint.add_url_rule("/spent", "spent", spent_page)
    blueprint.add_url_rule("/spent.csv", "spent_csv", spent_csv)
    blueprint.add_url_rule("/switches", "switches", switches_page)
    blueprint.add_url_rule("/switches", "switch", set_switches, methods=["POST"])
    blueprint.add_url_rule("/pause", "pause", set_pause, methods=["POST"])
    blueprint.add_url_rule("/doctor", "doctor", doctor_page)
    blueprint.add_url_rule("/<path:_elsewhere>", "elsewhere", no_page)


def members_page() -> Response:
    """Show who is there, some at a time."""
    found = members(edge.edge().house, caller())
    first = _number(request.args.get("from", "0"))
    shown = found.lines[first : first + MEMBERS_A_PAGE]
    following = first + MEMBERS_A_PAGE if first + MEMBERS_A_PAGE < len(found.lines) else None
    return page(
        "members",
        members=shown,
        everybody=found.everybody,
        total=len(found.lines),
        following=following,
        first=first,
        day=_day,
    )


def members_csv() -> Response:
    """Return all of them as a file."""
    rows = [
        (
            one.email,
            _yes(not {"blocked", "not_listed"} & set(one.held_back)),
            _yes(one.connected),
            " ".join(one.held_back),
            _day(one.since),
            _day(one.seen_at),
        )
        for one in members(edge.edge().house, caller()).lines
    ]
    return _file("members", ("email", "may_run", "connected", "held_back", "since", "last_seen"), rows)


def admit_member(member: str) -> Response:
    """Block or unblock a member, or put her on the list of those who may run."""
    who = caller()
    try:
        admission = Admission(request.form.get("admission", ""))
    except ValueError:
        raise BodyInvalid from None
    admit(edge.edge().house, who, member, admission)
    first = _number(request.form.get("from", "0"))
    return to(f"/admin/members?from={first}" if first else "/admin/members")


def spent_page() -> Response:
    """Show what was spent in the last twelve months."""
    return page("spent", lines=spending(edge.edge().house, caller()))


def spent_csv() -> Response:
    """Return it as a file."""
    rows = [
        (one.month[:7], one.email, str(one.runs), str(one.rows), str(one.credits))
        for one in spending(edge.edge().house, caller())
    ]
    return _file("spent", ("month", "email", "runs", "rows", "credits"), rows)


def switches_page() -> Response:
    """Show the switches, the pause, and who has switched what."""
    house, who = edge.edge().house, caller()
    now = standing(house, who)
    on = CATALOGUE.keys() if now.switches.fields is None else now.switches.fields
    fields = [(name, field.label(who.language), name in on) for name, field in CATALOGUE.items()]
    return page(
        "switches",
        now=now,
        fields=fields,
        traces=traces(house, who),
        moment=_moment,
        labels=_labels(who.language),
    )


def set_switches() -> Response:
    """Let the switches stand as the form has them."""
    who, form = caller(), request.form
    order = Order(
        everybody=form.get("who", "") != "listed",
        fields=frozenset(form.getlist("field")),
        in_place="in_place" in form,
        delegation="delegation" in form,
        retention_days=_number(form.get("retention_days", "")),
    )
    switch(edge.edge().house, who, order)
    return to("/admin/switches")


def set_pause() -> Response:
    """Pause everything, or let it go on."""
    pause(edge.edge().house, caller(), paused=request.form.get("paused") == "on")
    return to("/admin/switches")


def doctor_page() -> Response:
    """Show what the doctor has found."""
    here = edge.edge()
    found = examine(here.house, caller(), mail=here.settings.smtp is not None)
    return page("doctor", findings=found, public_url=here.house.public_url)


def no_page(_elsewhere: str) -> Response:
    """Say so where there is no such page. Raises `NotVisible`."""
    raise NotVisible


def _file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Answer with a file for a spreadsheet; no cell of it is a formula there."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *([_as_text(cell) for cell in row] for row in rows)])
    answer = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_LOOKS_LIKE_A_FORMULA) else cell


def _yes(said: bool) -> str:  # noqa: FBT001 - a word for it is all there is
    return "yes" if said else "no"


def _number(text: str) -> int:
    """Read a whole number of a form. Raises `BodyInvalid`."""
    if not _NUMBER.fullmatch(text):
        raise BodyInvalid
    return int(text)


def _day(at: float | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).date().isoformat()


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _labels(language: str) -> dict[str, str]:
    return {name: field.label(language) for name, field in CATALOGUE.items()}
