"""Field masks: ``sheets(properties,data/rowData/values/note)``, for answers and for updates."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from tests.fakes.google_sheets.errors import Message, Refused

Tree: TypeAlias = "dict[str, Tree]"
"""Wanted fields; one without any below it is wanted whole."""

_TOKEN = re.compile(r"\s*([A-Za-z0-9_*]+|[(),./])\s*")


class Mask:
    """What a caller wants of a message."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    @classmethod
    def read(cls, text: str) -> Mask:
        """Read a mask. Raises the `Refused` that Google answers a broken one with."""
        tokens = _TOKEN.findall(text)
        tree, rest = _list(tokens)
        if rest or not tree or "".join(tokens) != re.sub(r"\s", "", text):
            raise wrong_fields(text)
        return cls(tree)

    def wants(self, *path: str) -> bool:
        """Return True where the field at this path, or something below it, is wanted."""
        tree = self.tree
        for name in path:
            if not tree or "*" in tree:
                return True
            if name not in tree:
                return False
            tree = tree[name]
        return True

    def paths(self) -> list[str]:
        """Return the wanted leaves as dotted paths."""
        return list(_paths(self.tree, ""))

    def of(self, message: Message) -> Message:
        """Return the part of a message that is wanted."""
        told: Message = _kept(self.tree, message)
        return told


def wrong_fields(path: str) -> Refused:
    """Refuse a mask that names what there is not."""
    told = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return Refused(
        400,
        "INVALID_ARGUMENT",
        "Request contains an invalid argument.",
        {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [{"field": path, "description": told}],
        },
    )


def _list(tokens: list[str]) -> tuple[Tree, list[str]]:
    tree: Tree = {}
    while tokens and tokens[0] != ")":
        below = tree
        while True:
            if not tokens or not re.fullmatch(r"[A-Za-z0-9_*]+", tokens[0]):
                return {}, ["?"]
            known = tokens[0] in below
            whole = known and not below[tokens[0]]
            below = below.setdefault(tokens[0], {})
            tokens = tokens[1:]
            if not tokens or tokens[0] not in "/.":
                break
            tokens = tokens[1:]
            below = {} if whole else below  # asked for whole before: the narrower wish adds nothing
        if tokens and tokens[0] == "(":
            inside, tokens = _list(tokens[1:])
            if not tokens or tokens[0] != ")":
                return {}, ["?"]
            tokens = tokens[1:]
            below.update(inside)
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
    return tree, tokens


def _paths(tree: Tree, prefix: str) -> list[str]:
    told = []
    for name, below in tree.items():
        path = f"{prefix}.{name}" if prefix else name
        told += _paths(below, path) if below else [path]
    return told


def _kept(tree: Tree, value: Any) -> Any:
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_kept(tree, held) for held in value]
    if not isinstance(value, dict):
        return value
    return {name: _kept(tree[name], held) for name, held in value.items() if name in tree}
