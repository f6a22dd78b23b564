"""Make sure that a PostgreSQL is there for the store's tests: Debian's by apt. Says plainly what is left out without.

`Cluster` is a throw-away one in a folder of its own, on no network, no matter who runs the tests. It does not wait for
the disk unless it is `durable`, as a measurement wants it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from lifecycle.cli.tethers import ends_with_us
from tools import debian

OWNER = "postgres"  # what Debian's package makes; root may not run a server itself


def found() -> Path | None:
    """The folder of the newest `initdb` there is: `HEADWATERS_POSTGRES`, Debian's, or the PATH's."""
    named = os.environ.get("HEADWATERS_POSTGRES")
    if named:
        return Path(named)
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Cluster:
    """A server over a folder, reached by a socket in it; it can be stopped at once and started again."""

    def __init__(self, programs: Path, folder: Path, *, durable: bool = False) -> None:
        self.programs, self.folder, self.durable = programs, folder, durable
        self.data = folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        if _is_root():
            shutil.chown(folder, OWNER)
        self._run("initdb", "-D", self.data, "-U", "headwaters", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://headwaters@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        fsync = "on" if self.durable else "off"
        options = ["-c", "listen_addresses=", "-c", f"fsync={fsync}", "-c", "max_connections=100"]
        options += ["-k", str(self.folder)]
        command = [str(self.programs / "postgres"), "-D", str(self.data), *options]
        with (self.folder / "log").open("ab") as log:
            tie = ends_with_us(signal.SIGQUIT)  # a server that ends at once, and cleans up after itself
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, preexec_fn=tie, **_owner()
            )
        end = time.monotonic() + 30
        while time.monotonic() < end:
            ready = subprocess.run(
                [self.programs / "pg_isready", "-h", self.folder, "-q"], check=False, cwd=self.folder
            ).returncode
            if ready == 0:
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None:
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
            self.process.wait(timeout=30)
            self.process = None

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder, **_owner())
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _owner() -> dict[str, Any]:
    return {"user": OWNER, "group": OWNER} if _is_root() else {}


def main() -> int:
    """Find a PostgreSQL, install one if there is none, and say which, or what is left out."""
    if not found():
        print("No PostgreSQL here yet: installing one for the store's tests.")
        debian.install("postgresql")
    programs = found()
    if programs:
        print(f"PostgreSQL for the tests: {programs}")
    else:
        print("LEFT OUT: the store's tests on PostgreSQL, since none could be installed here. SQLite is tested.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
