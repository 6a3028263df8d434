"""``addon-backend``: the command line. Every command lives in its own file under ``commands/``."""

from __future__ import annotations

import importlib
import sys

import click

_COMMANDS = {
    "inspect": ("inspect", "Name the columns of a file or Google sheet and count what is wrong in them."),
    "clean": ("clean", "Clean values, one per line."),
    "duplicates": ("duplicates", "List rows that are one and the same."),
    "enrich": ("enrich", "Clean, complete and de-duplicate a file into a new one, or a Google sheet."),
    "demo": ("demo", "Run the main job on the sample list, then serve the sandbox."),
    "serve": ("serve", "Serve the panel and the API."),
    "worker": ("worker", "Do the work of runs."),
    "sweep": ("upkeep", "Ring for due work and erase what is past its retention."),
    "rewrap": ("upkeep", "Wrap every workspace's data key under the current KEK."),
    "migrate": ("upkeep", "Bring the database to the newest revision."),
    "doctor": ("doctor", "Check everything that a run needs."),
}


class _Lazy(click.Group):
    """Imports a command only when it is used: ``clean`` needs no database driver."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table above."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"addon_backend.commands.{_COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="addon-backend", message="%(version)s")
def cli() -> None:
    """Clean, correct, complete and de-duplicate business lists, in the sheet where people work."""


def main() -> None:
    """Run the command line."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)


if __name__ == "__main__":
    main()
