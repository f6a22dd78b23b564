"""The containers' own commands, run outside of one: what goes into the image, two replicas, their proxy and checks."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us
from lifecycle.installed import Setting
from tests.deployment.build_files import COMPOSE, ROOT, copy_context, environment, last
from tests.deployment.test_processes import QUESTION, comes
from tests.deployment.visitor import Visitor
from tests.support.small_course import write_course
from tools import deploy_proxy

PORT = environment()["STREAMLIT_SERVER_PORT"]
GIVEN = {
    "STREAMLIT_SERVER_COOKIE_SECRET": "0" * 64,
    "STREAMLIT_SERVER_BASE_URL_PATH": "learn",
    "POSTGRES_PASSWORD": "p",
}

pytestmark = [pytest.mark.xdist_group("storage"), pytest.mark.timeout(300)]


def substituted(text: str) -> str:
    """A value of compose.yaml with the variables that a person gave, as `${NAME:-else}` and `${NAME:?must}` say."""

    def value(match: re.Match[str]) -> str:
        name, how, rest = match.groups()
        assert name in GIVEN or how == ":-", name
        return GIVEN.get(name, rest)

    return re.sub(r"\$\{(\w+)(:[-?])([^}]*)\}", value, text)


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Path:
    """What the Dockerfile's first stage makes of the files that it is sent, without what it downloads."""
    context, image = tmp_path_factory.mktemp("context"), tmp_path_factory.mktemp("image")
    copy_context(context)
    wheel = ["-m", "pip", "wheel", "-q", "--no-index", "--no-deps", "--no-build-isolation", "-w", image, context]
    subprocess.run([sys.executable, *map(str, wheel)], check=True)
    (built,) = image.glob("*.whl")
    install = ["-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", image / "packages", built]
    subprocess.run([sys.executable, *map(str, install)], check=True)
    return image


class Container:
    """A replica: the image's command under the image's and compose.yaml's environment, in folders of its own."""

    def __init__(self, image: Path, folder: Path, database: str) -> None:
        (port,) = free_ports(1)
        self.port = str(port)
        self.home, self.data = folder / "home", folder / "data"
        self.home.mkdir(parents=True)
        self.data.mkdir()
        course = write_course(folder / "course", {})
        replaced = {
            "PATH": os.pathsep.join(
                (str(image / "packages" / "bin"), str(Path(sys.executable).parent), os.environ["PATH"])
            ),
            "HOME": str(self.home),
            "HEADWATERS_DATA": str(self.data),
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_PORT": self.port,
            Setting.DATABASE_URL: database,
            Setting.CONTENT: str(course),
            "PYTHONPATH": str(image / "packages"),
        }
        composed = {name: substituted(value) for name, value in COMPOSE["x-app"]["environment"].items()}
        self.environment = {**environment(), **composed, **replaced}
        self.log = folder / "log"

    def start(self) -> None:
        program, *arguments = last("CMD").command
        path = next(at for at in self.environment["PATH"].split(os.pathsep) if (Path(at) / program).exists())
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, f"{path}/{program}", *arguments],
                cwd=self.home,
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=ends_with_us(),
            )

    def is_healthy(self) -> bool:
        """What the image's HEALTHCHECK says."""
        command = [part.replace(PORT, self.port) for part in last("HEALTHCHECK").command]
        return subprocess.run(command, env=self.environment, check=False, capture_output=True).returncode == 0


@pytest.fixture
def containers(image, tmp_path, empty_postgres) -> Iterator[list[Container]]:
    both = [Container(image, tmp_path / name, empty_postgres) for name in ("app1", "app2")]
    for container in both:
        container.start()
    yield both
    for container in both:
        container.process.terminate()
        container.process.wait(60)


def test_the_builder_is_sent_all_that_the_package_is_made_of(image):
    (built,) = image.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        packed = {name for name in archive.namelist() if name.startswith("lifecycle/_app/content/")}
    content = [path for path in (ROOT / "content").rglob("*") if path.is_file() and path.name != ".DS_Store"]
    assert packed == {f"lifecycle/_app/{path.relative_to(ROOT).as_posix()}" for path in content}


@pytest.mark.skipif(sys.platform != "linux", reason="containers are Linux")
def test_the_containers_serve_behind_their_proxy_and_write_nothing_but_their_data(containers, image, haproxy, tmp_path):
    before = set(image.rglob("*"))
    (front,) = free_ports(1)
    text = deploy_proxy.text().replace(f"bind *:{PORT}", f"bind 127.0.0.1:{front}")
    for nth, container in enumerate(containers, 1):
        text = text.replace(f"app{nth}:{PORT}", f"127.0.0.1:{container.port}")
        assert comes(container.is_healthy), container.log.read_text()
    file = tmp_path / "haproxy.cfg"
    file.write_text(text, encoding="utf-8")
    running = subprocess.Popen([haproxy, "-db", "-q", "-f", str(file)], preexec_fn=ends_with_us())
    learner = Visitor(f"http://127.0.0.1:{front}/learn")

    def is_served() -> bool:
        try:
            return learner.get("/readyz")[0] == 200
        except OSError:
            return False

    assert comes(is_served)
    home = learner.get("/")[2]
    assert learner.answer(QUESTION, "This one").served_by == home
    lost = containers[int(home[-1]) - 1]
    lost.process.send_signal(signal.SIGKILL)
    lost.process.wait(60)
    assert not lost.is_healthy()
    after = learner.look(QUESTION)
    assert after.served_by not in (home, "")
    assert "Right." in after.texts
    running.terminate()
    running.wait(60)
    assert [path for container in containers for path in container.home.rglob("*")] == []
    assert set(image.rglob("*")) == before
