"""The page on which a person decides what the client may do."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template

_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A stand-in for Google’s consent page</title>
<style>
  body { max-width: 30rem; margin: 12vh auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
  .honest { opacity: .75; font-size: 13px; }
  h1 { font-size: 1.4rem; font-weight: 600; }
  code { overflow-wrap: anywhere; font-size: 13px; }
  button { min-height: 40px; padding: 0 20px; margin-right: 8px; font: inherit; border-radius: 20px;
    border: 1px solid #1a5fd0; background: none; color: inherit; cursor: pointer; }
  button[value=allow] { background: #1a5fd0; color: #fff; }
</style>
<p class="honest">A stand-in for Google’s consent page. Nothing leaves this machine.</p>
<h1>The add-on wants access to your account</h1>
<p>You are signed in as <strong>$user</strong>. It asks for:</p>
<ul>$scopes</ul>
<form>$asked
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Cancel</button>
</form>
</html>
""")


def consent_page(user: str, asked: Mapping[str, str]) -> bytes:
    """Return the page; its form brings back all that was asked, with ``decision``: ``allow`` or ``deny``."""
    scopes = "".join(f"<li><code>{escape(scope)}</code></li>" for scope in asked["scope"].split())
    hidden = (
        f'<input type="hidden" name="{escape(name)}" value="{escape(told)}">' for name, told in asked.items()
    )
    return _PAGE.substitute(user=escape(user), scopes=scopes, asked="".join(hidden)).encode()
