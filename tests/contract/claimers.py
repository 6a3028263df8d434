"""What other processes do to a store at the same time. Each runs in an interpreter of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.store.engine import make_engine
from tests.contract.world import World


def in_processes(count: int, action: str, url: str, *words: str) -> list[list[str]]:
    """Run an action in so many processes at once; return what each one says, word by word."""
    command = [sys.executable, "-m", "tests.contract.claimers", action, url]
    started = [
        subprocess.Popen([*command, str(number), *words], stdout=subprocess.PIPE) for number in range(count)
    ]
    said = [process.communicate(timeout=100)[0] for process in started]
    assert [process.returncode for process in started] == [0] * count
    return [json.loads(words) for words in said]


def claim_all(world: World, number: str) -> list[str]:
    """Claim until nothing is left."""
    done = []
    while claim := world.claims(f"worker-{number}"):
        done.append(f"{claim.run}/{claim.number}/{claim.fence}")
        world.fails(claim)
    return done


def increment(world: World, _number: str, workspace: str, times: str) -> list[str]:
    """Read a number, think, write it back plus one, so many times."""
    for _ in range(int(times)):
        with world.store.unit() as unit:
            reserved = unit.runs.reservation(workspace, "run").reserved
            unit.runs.reserve(workspace, "run", reserved + 1)
            unit.commit()
    return []


def fork(world: World, _number: str) -> list[str]:
    """Use an inherited store in a child and then in its parent."""
    world.member("before")
    child = os.fork()
    if child == 0:
        world.member("child")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    world.member("parent")
    assert status == 0
    return [str(len(world.ask("SELECT id FROM workspace")))]


ACTIONS = {action.__name__: action for action in (claim_all, increment, fork)}


def main(action: str, url: str, words: Sequence[str]) -> None:
    """Do one action and say what came of it."""
    engine = make_engine(url)
    try:
        said = ACTIONS[action](World(engine), *words)
    except EngineUnavailable as trouble:
        sys.exit(str(trouble))
    finally:
        engine.dispose()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
