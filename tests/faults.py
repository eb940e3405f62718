"""`make faults`: litbase killed, starved of room and lied to by the disk, some thousand times; what was survived.

    python tests/faults.py [--kills N] [--seed N] [--only SECTION ...]

Each line printed is a fault, how often it was tried, and how often litbase survived it: nothing acknowledged
lost, nothing half there, no damaged file, the next command well. What was not survived is told in full, and
the exit code is 1. Kills and errors at each system call need strace; a full disk needs the right to mount.
"""

import argparse
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
# litbase as it stands here, whatever is installed.
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from scenes import Ended, Scene, environment, scenes  # noqa: E402

# The system calls that change what is on the disk. Between two of them a kill leaves what the first one left.
CHANGING = (
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "rename",
    "link",
    "mkdir",
    "fchmod",
    "chmod",
)
FAILING = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link", "mkdir", "pread64")
# As it is before the first judge, which sets what its commands need while others are starting theirs.
_AROUND = dict(os.environ)
# So many are tried at once.
ABREAST = os.cpu_count() or 1


class Tally:
    """What was tried and what was survived, by fault."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.failed: list[str] = []

    def count(self, fault: str, wrong: Sequence[str], told: str = "") -> None:
        """Count one try, with what was found wrong after it."""
        self.tried[fault] += 1
        self.failed += [f"{fault}{f' ({told})' if told else ''}: {one}" for one in wrong]

    def show(self, fault: str) -> None:
        """Print a fault's line."""
        lost = len({one for one in self.failed if one.startswith(fault)})
        print(
            f"{self.tried[fault]:6,} tried  {self.tried[fault] - min(lost, self.tried[fault]):6,} survived  {fault}",
            flush=True,
        )


def fresh(scene: Scene, place: Path) -> Path:
    """A folder to run a scene in, as the scene begins."""
    target = Path(tempfile.mkdtemp(dir=place))
    shutil.copytree(scene.made, target, dirs_exist_ok=True)
    target.chmod(0o700)
    return target


# ---- killed at a random moment


def random_kills(tally: Tally, made: Sequence[Scene], place: Path, kills: int, seed: int) -> None:
    """Each command run in a child of this process, so that it starts at once, and killed somewhere on its way."""
    chance = random.Random(seed)
    fault = "SIGKILL at a random moment"
    lengths = {scene.name: max(_forked(scene, place, None)[1] for _ in range(3)) for scene in made}
    for number in range(kills):
        scene = made[number % len(made)]
        folder = place / "random"
        wrong, _ = _forked(scene, place, chance.uniform(0, lengths[scene.name]), folder)
        tally.count(fault, wrong, f"{scene.name}, try {number} of seed {seed}")
    tally.show(fault)


def _forked(scene: Scene, place: Path, delay: float | None, folder: Path | None = None) -> tuple[list[str], float]:
    folder = fresh(scene, place)
    began = time.monotonic()
    child = os.fork()
    if not child:
        _become(scene, folder)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    took = time.monotonic() - began
    ended = Ended(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None, _printed(folder), "")
    wrong = scene.judge(folder, ended)
    shutil.rmtree(folder)
    return wrong, took


def _become(scene: Scene, folder: Path) -> None:
    """Be the command, in a child, and end."""
    code = 70
    try:
        os.chdir(folder)
        os.environ.update(environment(folder))
        for number, name in ((1, ".out"), (2, ".err")):
            os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), number)
        sys.stdout = os.fdopen(1, "w", buffering=1)
        sys.stderr = os.fdopen(2, "w", buffering=1)
        from litbase.cli import front

        code = front.run(list(scene.line))
        sys.stdout.flush()
    finally:
        os._exit(code)


def _printed(folder: Path, name: str = ".out") -> str:
    """What was printed whole; a last line cut short promises nothing."""
    path = folder / name
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return text[: text.rfind("\n") + 1]


# ---- at each system call


def traced(
    tally: Tally, made: Sequence[Scene], place: Path, action: str, fault: str, calls: Sequence[str], step: int
) -> None:
    """Each command run once for every system call it makes that changes the disk, and `action` done at that call."""
    jobs = [(scene, call, number) for scene in made for call, number in _calls(scene, place, calls)][::step]
    with ThreadPoolExecutor(ABREAST) as pool:
        # Judged one by one: a judge runs commands in this process.
        for scene, call, number, folder, ended in pool.map(lambda job: (*job, *_injected(*job, place, action)), jobs):
            tally.count(fault, scene.judge(folder, ended) + _manners(scene, ended), f"{scene.name}, {call} {number}")
            shutil.rmtree(folder)
    tally.show(fault)


def _calls(scene: Scene, place: Path, calls: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Every call a command makes, as (name, which of that name)."""
    folder = fresh(scene, place)
    log = folder / ".calls"
    _strace(scene, folder, "-o", str(log), "-e", f"trace={','.join(calls)}")
    counts = Counter(re.findall(r"^(?:\d+ +)?(\w+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE))
    shutil.rmtree(folder)
    for call in calls:
        yield from ((call, number) for number in range(1, counts[call] + 1))


def _injected(scene: Scene, call: str, number: int, place: Path, action: str) -> tuple[Path, Ended]:
    folder = fresh(scene, place)
    inject = f"inject={call}:{action}:when={number}"
    return folder, _strace(scene, folder, "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)


def _strace(scene: Scene, folder: Path, *options: str) -> Ended:
    line = ["strace", "-f", "-qq", *options, sys.executable, "-B", "-m", "litbase", *scene.line]
    return spawned(line, folder)


def spawned(line: Sequence[str], folder: Path, limit: Callable[[], None] | None = None) -> Ended:
    """A process on a folder's library; what it prints goes to files, which outlive it."""
    out, err = folder / ".out", folder / ".err"
    with out.open("wb") as into, err.open("wb") as beside:
        done = subprocess.run(
            line, cwd=folder, env=_env(folder), stdin=subprocess.DEVNULL, stdout=into, stderr=beside,
            preexec_fn=limit, check=False, timeout=120,
        )  # fmt: skip
    code = None if done.returncode < 0 or done.returncode == 128 + signal.SIGKILL else done.returncode
    return Ended(code, _printed(folder), err.read_text(encoding="utf-8", errors="replace"))


def _env(folder: Path) -> dict[str, str]:
    return {**_AROUND, **environment(folder), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def _manners(scene: Scene, ended: Ended) -> list[str]:
    """Faults in how a failing command speaks: a traceback, an owning up to a bug, an exit code that has no meaning."""
    wrong = ["a traceback"] if "Traceback" in ended.err else []
    # The system could not even load Python, or Python itself: litbase has not yet begun.
    unloaded = ended.code == 127 or (ended.code == 1 and "Fatal Python error" in ended.err)
    findings = ended.code == 1 and scene.line[0] == "doctor"
    if ended.code not in (None, 0, 6) and not unloaded and not findings:
        wrong.append(f"exit code {ended.code}: {ended.err.strip()[:160]}")
    return wrong


# ---- no room


def file_sizes(tally: Tally, made: Sequence[Scene], place: Path, tries: int) -> None:
    """Each command with a limit to the size of its files: none at all, and from what is there to what would be."""
    fault = "a limit to the size of files"
    for scene in made:
        begins = max((path.stat().st_size for path in scene.made.iterdir() if path.is_file()), default=0)
        for number in range(tries):
            size = begins // 2 + (begins // 2 + 200_000) * number // tries if number else 0
            folder = fresh(scene, place)
            ended = spawned(
                [sys.executable, "-B", "-m", "litbase", *scene.line],
                folder,
                lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),  # type: ignore[misc]
            )
            tally.count(fault, scene.judge(folder, ended) + _manners(scene, ended), f"{scene.name}, {size} bytes")
            shutil.rmtree(folder)
    tally.show(fault)


def full_disks(tally: Tally, made: Sequence[Scene], place: Path, tries: int) -> None:
    """Each command on a small disk of its own, with more room at each try; room is made, and the judge looks."""
    fault = "a full disk"
    disk = place / "disk"
    disk.mkdir()
    for scene in made:
        taken = sum(-(-path.stat().st_size // 4096) for path in scene.made.rglob("*")) + 4
        for number in range(tries):
            size = (taken + number * (60 + taken) // tries) * 4096
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", disk], check=True)
            try:
                shutil.copytree(scene.made, disk, dirs_exist_ok=True)
                ended = _on(disk, scene, place)
                subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
                tally.count(fault, scene.judge(disk, ended) + _manners(scene, ended), f"{scene.name}, {size} bytes")
            finally:
                subprocess.run(["umount", disk], check=True)
    tally.show(fault)


def _on(disk: Path, scene: Scene, place: Path) -> Ended:
    """A command on a full disk; what it prints goes elsewhere, as to a terminal."""
    done = subprocess.run(
        [sys.executable, "-B", "-m", "litbase", *scene.line], cwd=disk, env=_env(disk) | {"TMPDIR": str(place)},
        stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def may_mount(place: Path) -> bool:
    """Whether a small disk can be had."""
    if os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    there = place / "tried"
    there.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", there], check=False, capture_output=True)
    return done.returncode == 0 and subprocess.run(["umount", there], check=False).returncode == 0


def may_trace() -> bool:
    """Whether strace is there and may trace."""
    line = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=mkdir:error=EIO", "true"]
    return bool(shutil.which("strace")) and subprocess.run(line, check=False, capture_output=True).returncode == 0


def main() -> int:
    """Run the table; 1 where something was not survived."""
    from bombs import bombs
    from crowds import crowds, servers

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=600, help="kills at random moments")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--step", type=int, default=1, help="every so many-th system call")
    options.add_argument(
        "--only", nargs="*", default=["random", "calls", "errors", "sizes", "disks", "crowds", "servers", "bombs"]
    )
    chosen = options.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="litbase-faults-") as name:
        place = Path(name)
        made = scenes(place)
        parts: dict[str, Callable[[], None]] = {
            "random": lambda: random_kills(tally, made, place, chosen.kills, chosen.seed),
            "calls": lambda: traced(
                tally, made, place, "signal=SIGKILL", "SIGKILL at a system call", CHANGING, chosen.step
            ),
            "errors": lambda: (
                [
                    traced(tally, made, place, f"error={error}", f"{error} at a system call", FAILING, chosen.step)
                    for error in ("EIO", "ENOSPC")
                ]
                and None
            ),
            "sizes": lambda: file_sizes(tally, made, place, 12),
            "disks": lambda: full_disks(tally, made, place, 12),
            "crowds": lambda: crowds(tally, place),
            "servers": lambda: servers(tally, place),
            "bombs": lambda: bombs(tally, place),
        }
        lacking = {} if may_trace() else dict.fromkeys(("calls", "errors"), "strace is not there, or may not trace")
        lacking |= {} if may_mount(place) else {"disks": "only the system administrator may mount a small disk"}
        for part in chosen.only:
            if part in lacking:
                print(f"   skipped: {part} ({lacking[part]})")
            else:
                parts[part]()
    for one in tally.failed:
        print(f"NOT SURVIVED  {one}")
    print(f"{sum(tally.tried.values()):,} faults, {len(tally.failed)} not survived")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
