"""How one variable after the other is read, and what their values may look like."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")

LEVELS = ("debug", "info", "warning", "error")

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")
_ANCESTOR = re.compile(r"(https://(\*\.)?[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]+)?")
_RATE = re.compile(r"[1-9][0-9]{0,6}/(second|minute|hour|day)")


class Reading:
    """Reads variable after variable and collects what is wrong, so that one start tells everything."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.wrong: list[str] = []

    def get(self, name: str, read: Callable[[str], Value], *, default: Value) -> Value:
        """Return what the variable says, the default where it is absent or wrong."""
        text = self.environment.get(name, "").strip()
        if not text:
            return default
        try:
            return read(text)
        except ValueError as wrong:
            self.wrong.append(f"{name} must be {wrong}.")
            return default


def folder(text: str) -> Path:
    """Read an absolute path."""
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise ValueError("an absolute path")
    return path


def switch(text: str) -> bool:
    """Read yes or no."""
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in known:
        raise ValueError("1 or 0")
    return known[text.lower()]


def number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two others."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def matching(pattern: re.Pattern[str], wanted: str) -> Callable[[str], str]:
    """Return what reads text of one pattern; ``wanted`` says it in words."""

    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(wanted)
        return text

    return read


def one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    """Return what reads one of a few words."""

    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"one of {', '.join(known)}")
        return text.lower()

    return read


def database(text: str) -> str:
    """Read the address of a database that we know."""
    if not text.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("a sqlite: or postgresql: URL")
    return text


def secret_keys(text: str) -> tuple[str, ...]:
    """Read one or more signing keys, newest first."""
    keys = tuple(key.strip() for key in text.split(","))
    if any(len(key) < 32 for key in keys):
        raise ValueError("one or more keys of at least 32 characters, separated by commas, newest first")
    return keys


def keks(text: str) -> Mapping[str, bytes]:
    """Read key-encryption keys by id, the current one first."""
    keys: dict[str, bytes] = {}
    for entry in text.split(","):
        name, _, encoded = entry.strip().partition(":")
        try:
            keys[name] = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            keys[name] = b""
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) or len(keys[name]) != 32:
            raise ValueError("id:base64 of 32 bytes, separated by commas, the current key first")
    return keys


def token(text: str) -> str:
    """Read a token that cannot be guessed."""
    if len(text) < 16:
        raise ValueError("at least 16 characters long")
    return text


def origins(text: str) -> frozenset[str]:
    """Read origins."""
    origins = frozenset(origin.strip() for origin in text.split(","))
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("origins such as https://example.com, separated by commas, without a path or a star")
    return origins


def ancestors(text: str) -> tuple[str, ...]:
    """Read who may frame us."""
    ancestors = tuple(text.split())
    if not all(_ANCESTOR.fullmatch(ancestor) for ancestor in ancestors):
        raise ValueError(
            "https:// origins separated by spaces; a star may stand for the first label only; "
            "http:// on this machine only"
        )
    return ancestors


def public_url(text: str) -> str:
    """Read the address by which people reach us."""
    if not _ORIGIN.fullmatch(text.rstrip("/")):
        raise ValueError("an address such as https://enrich.example.com, without a path")
    return text.rstrip("/")


rate = matching(_RATE, "a number per second, minute, hour or day, such as 600/minute")
level = one_of(LEVELS)
