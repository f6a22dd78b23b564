"""docs/DEPLOY.md: its commands are run as they stand there, against a database and, for containers, a stand-in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from lifecycle import metrics
from lifecycle.installed import Setting
from lifecycle.storage import AnswerRow, Store, engines
from lifecycle.ui import health
from tests.deployment.build_files import COMPOSE, DOCKERFILE, ROOT
from tools.postgres import Cluster

PAGE = (ROOT / "docs" / "DEPLOY.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
SHELL = [text for language, text in BLOCKS if language == "sh"]
ME, ANSWER = "a-learner", AnswerRow("store", "pairs", True, "[0, 1]")

# In place of `docker` and `kubectl`: what would be run inside of the database's container is run here, all else noted.
STAND_IN = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
if [ "$1 $2 $3 $4" = "compose exec -T database" ]; then shift 4; exec "$@"; fi
"""

pytestmark = [
    pytest.mark.xdist_group("storage"),
    pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell"),
]


def block(beginning: str) -> str:
    """The one block of commands that has a line with this beginning."""
    (only,) = [text for text in SHELL if any(line.startswith(beginning) for line in text.splitlines())]
    return only


class Shell:
    """A folder like a checkout, in which commands of the page are run."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.calls = folder / "checkout", folder / "calls"
        shutil.copytree(ROOT / "deploy", self.folder / "deploy")
        programs = folder / "programs"
        programs.mkdir()
        for name in ("docker", "kubectl"):
            (programs / name).write_text(STAND_IN, encoding="utf-8")
            (programs / name).chmod(0o755)
        path = os.pathsep.join((str(programs), variables.pop("programs", ""), os.environ["PATH"]))
        self.environment = {"PATH": path, "CALLS": str(self.calls), **variables}

    def run(self, commands: str) -> list[str]:
        """Run them, and say what the containers' engine was asked for."""
        self.calls.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["sh", "-euc", commands], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return self.calls.read_text(encoding="utf-8").splitlines()

    def read(self, name: str) -> dict[str, str]:
        """A file of variables."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def on_postgres(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[Shell, Store]]:
    """A shell beside a database called as in compose.yaml, and its store with an answer."""
    engine = sa.create_engine(Store(cluster.url).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql("CREATE DATABASE headwaters")
    url = cluster.url.replace("/postgres?", "/headwaters?")
    store = Store(url)
    store.add_answer("s1", ME, ANSWER)
    yield (
        Shell(tmp_path, programs=str(cluster.programs), PGHOST=str(cluster.folder), HEADWATERS_DATABASE_URL=url),
        store,
    )
    engines.forget()
    with engine.connect() as db:
        db.exec_driver_sql("DROP DATABASE headwaters WITH (FORCE)")
    engine.dispose()


def questions(store: Store) -> list[str]:
    return [row.question for row in store.answers(ME)]


@pytest.mark.parametrize("by", ["pg_", "docker compose exec -T database pg_"])
def test_what_was_dumped_comes_back(on_postgres, by):
    shell, store = on_postgres
    shell.run(block(f"{by}dump"))
    store.erase(ME)
    store.add_answer("s2", ME, AnswerRow("store", "afterwards", True, "[]"))
    shell.run(block(f"{by}restore"))
    assert questions(store) == [ANSWER.question]


def test_a_file_that_was_copied_holds_what_was_kept(tmp_path):
    store = Store(tmp_path / "headwaters.db")
    store.add_answer("s1", ME, ANSWER)
    shell = Shell(tmp_path, HEADWATERS_DATA=str(tmp_path))
    shell.run(block('python3 -c "import sqlite3'))
    assert questions(Store(shell.folder / "headwaters-copy.db")) == [ANSWER.question]


def test_the_secrets_of_compose_are_written_and_all_that_it_must_have(shell):
    calls = shell.run(block("docker compose up --detach --build"))
    needed = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    written = shell.read(".env")
    assert needed <= set(written) <= {*needed, Setting.PUBLIC_URL}
    assert len(written["STREAMLIT_SERVER_COOKIE_SECRET"]) == 64
    assert (shell.folder / ".env").stat().st_mode & 0o077 == 0
    assert calls == ["docker compose up --detach --build"]


def test_the_secrets_of_a_cluster_are_written_where_the_manifests_look(shell):
    (shell.folder / "secrets.toml").touch()
    shell.run(block("echo HEADWATERS_DATABASE_URL="))
    calls = shell.run(block("kubectl create secret"))
    written = shell.read("deploy/kubernetes/secret.env")
    assert set(written) == {Setting.DATABASE_URL, Setting.SIGN_IN, "STREAMLIT_SERVER_COOKIE_SECRET"}
    assert calls == [
        "kubectl create secret generic headwaters-sign-in --from-file=secrets.toml",
        "kubectl apply --kustomize deploy/kubernetes",
    ]


def test_containers_are_asked_for_by_the_names_that_they_have(shell):
    for text in SHELL:
        for line in text.splitlines():
            if match := re.match(r"docker compose (?:exec -T|stop|start|up --detach --no-deps --wait) ([^-<>]+)", line):
                names = match[1].split() if "exec" not in line else match[1].split()[:1]
                assert set(names) <= set(COMPOSE["services"]), line


def test_a_machine_installs_what_the_image_does():
    options = {"'.[sign-in]'", "--constraint", "requirements-lock.txt"}
    for text in (block("/opt/headwaters/bin/pip install"), DOCKERFILE.read_text(encoding="utf-8")):
        assert options <= set(text.split())


def test_every_block_of_commands_is_run_by_one_of_these_tests():
    by_hand = [block("docker build --tag"), block("/opt/headwaters/bin/pip"), block("docker compose build")]
    run = [
        block(beginning)
        for beginning in (
            *("pg_dump", "pg_restore", 'python3 -c "import sqlite3', "docker compose up --detach --build"),
            *("docker compose exec -T database pg_dump", "docker compose exec -T database pg_restore"),
            *("echo HEADWATERS_DATABASE_URL=", "kubectl create secret"),
        )
    ]
    assert sorted(by_hand + run) == sorted(SHELL)


def test_what_is_to_be_watched_is_there_to_be_watched():
    text = metrics.text().decode()
    named = set(re.findall(r"`(headwaters_\w+|process_\w+)`", PAGE)) | set(re.findall(r"headwaters_\w+_bucket", PAGE))
    assert len(named) > 8
    assert {
        name for name in named if not re.search(rf"^# TYPE {name.removesuffix('_bucket')} ", text, re.MULTILINE)
    } == set()
    assert (
        {"/healthz", "/readyz", "/metrics"}
        == {route.path for route in health.routes()}
        <= set(re.findall(r"`(/\w+)`", PAGE))
    )


def test_the_configuration_of_caddy_is_one(tmp_path):
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("LEFT OUT: no Caddy here to read the configuration on docs/DEPLOY.md")
    (text,) = [text for language, text in BLOCKS if not language]
    (tmp_path / "Caddyfile").write_text(text, encoding="utf-8")
    command = [caddy, "adapt", "--config", tmp_path / "Caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"HOME": str(tmp_path)})
    assert (done.returncode, "WARN" in done.stderr) == (0, False), done.stderr
