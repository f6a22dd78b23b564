"""Dockerfile, compose.yaml and the manifests: linted, in agreement with the program and each other, nothing secret."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from streamlit import config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from lifecycle.cli import proxy
from lifecycle.installed import Setting
from lifecycle.ui import health
from tests.deployment.build_files import (
    COMPOSE,
    DOCKERFILE,
    KUBERNETES,
    MANIFESTS,
    ROOT,
    environment,
    instructions,
    is_sent,
    last,
    manifest,
    patterns,
)
from tools import deploy_proxy

MB = 10**6
MOST_IMAGE_MB, BASE_MB = 850, 130  # python:3.13-slim as it lies on the disk
POD = manifest("Deployment")["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
APPS = {name: service for name, service in COMPOSE["services"].items() if name.startswith("app")}


# --- the image


def hadolint(file: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("hadolint")
    if not program.exists():
        pytest.skip("LEFT OUT: hadolint, which has no wheel for this system")
    return subprocess.run([program, str(file)], capture_output=True, text=True, check=False)


def test_the_dockerfile_has_nothing_that_its_linter_knows_of():
    checked = hadolint(DOCKERFILE)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_linter_finds_what_is_wrong(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN cd / && pip install streamlit\n", encoding="utf-8")
    assert {"DL3006", "DL3042"} <= set(re.findall(r"DL\d+", hadolint(tmp_path / "Dockerfile").stdout))


def test_the_image_runs_as_nobody_special_and_is_asked_whether_it_is_alive():
    assert int(last("USER").text) >= 10_000
    assert f"useradd --uid {last('USER').text} " in DOCKERFILE.read_text(encoding="utf-8")
    assert last("CMD").command == ["headwaters", "serve"]
    assert "healthz" in last("HEALTHCHECK").command[-1]
    assert {path.path for path in health.routes()} >= {"/healthz", "/readyz"}


@pytest.mark.parametrize(
    "path",
    [
        ".streamlit/secrets.toml",
        ".env",
        ".git/config",
        ".venv/bin/python",
        ".headwaters/headwaters.db",
        "tests/conftest.py",
        "deploy/kubernetes/secret.env",
        "lifecycle/__pycache__/words.cpython-311.pyc",
        "lifecycle/ui/__pycache__/a.pyc",
    ],
)
def test_no_secret_and_no_ballast_is_sent_to_the_builder(path):
    assert not is_sent(path, patterns())


@pytest.mark.parametrize(
    "path", [".streamlit/config.toml", "app.py", "content/pipeline.yaml", "lifecycle/ui/server.py"]
)
def test_what_the_image_is_made_of_is_sent(path):
    assert is_sent(path, patterns())


def parts_of(name: str, extras: set[str], seen: set[tuple[str, str]]) -> None:
    """All that a package brings with it."""
    for need in map(Requirement, distribution(name).requires or []):
        wanted = need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras or {""})
        key = (canonicalize_name(need.name), ",".join(sorted(need.extras)))
        if wanted and key not in seen:
            seen.add(key)
            parts_of(need.name, need.extras, seen)


def test_the_image_is_as_small_as_was_promised():
    seen: set[tuple[str, str]] = set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for need in map(Requirement, project["dependencies"] + project["optional-dependencies"]["sign-in"]):
        seen.add((canonicalize_name(need.name), ""))
        parts_of(need.name, need.extras, seen)
    files = {Path(str(file.locate())) for name, _ in seen for file in distribution(name).files or []}
    files |= {path for path in (ROOT / "lifecycle").rglob("*") if "__pycache__" not in path.parts}
    taken = sum(-(-path.stat().st_size // 4096) * 4096 for path in files if path.is_file())
    assert taken > 400 * MB  # pandas and pyarrow are among it
    assert taken / MB + BASE_MB < MOST_IMAGE_MB


def test_the_image_installs_the_releases_that_were_tested():
    (run, _) = [each.text for each in instructions() if each.name == "RUN"]
    assert "pip install --no-cache-dir --constraint requirements-lock.txt '.[sign-in]'" in run


# --- compose


def known(name: str) -> bool:
    """Whether somebody reads a variable: we, Streamlit, or the web server."""
    options = {option.env_var for option in config._config_options_template.values()}
    return name in {*map(str, Setting), *options, "FORWARDED_ALLOW_IPS"}


def test_every_variable_of_the_container_files_is_read_by_somebody():
    of_image = set(environment()) - {"PATH", "HOME", "PYTHONDONTWRITEBYTECODE"}
    of_pod = {each["name"] for each in CONTAINER["env"]}
    names = of_image | of_pod | set(COMPOSE["x-app"]["environment"])
    assert {name for name in names if not known(name)} == set()
    assert not known("HEADWATERS_DATABASE")


def test_every_setting_of_a_server_comes_through_from_the_file_of_variables():
    passed_on = COMPOSE["x-app"]["environment"]
    of_the_image = {Setting.DATA, Setting.CONTENT, Setting.WRITING}  # folders, and what only authors use
    assert set(map(str, Setting)) - set(passed_on) == of_the_image
    for name in set(map(str, Setting)) - of_the_image - {Setting.DATABASE_URL}:
        assert passed_on[name] == f"${{{name}:-}}"


def test_the_proxy_file_is_what_serve_writes_for_its_own_processes():
    assert deploy_proxy.FILE.read_text(encoding="utf-8") == deploy_proxy.text()
    assert proxy.SETTINGS + "\n" + proxy.RESOLVERS in deploy_proxy.text()
    assert proxy.AFFINITY + proxy.CHECKS in deploy_proxy.text()


def test_the_proxy_of_compose_leads_to_its_replicas_and_takes_its_file(haproxy):
    checked = subprocess.run([haproxy, "-c", "-f", str(deploy_proxy.FILE)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert {"could not resolve address" in line for line in re.findall(r"\[WARNING\].*", checked.stderr)} <= {True}
    servers = set(re.findall(r"^    server \S+ (\S+)", deploy_proxy.text(), re.MULTILINE))
    assert servers == {f"{name}:{environment()['STREAMLIT_SERVER_PORT']}" for name in APPS}
    (mounted,) = COMPOSE["services"]["proxy"]["volumes"]
    assert (ROOT / mounted.split(":")[0]).samefile(deploy_proxy.FILE)
    (ports,) = COMPOSE["services"]["proxy"]["ports"]
    assert f"bind *:{ports.rpartition(':')[2]}\n" in deploy_proxy.text()


def test_two_equal_replicas_without_rights_share_one_database_and_one_secret():
    first, second = APPS.values()
    assert first == {**COMPOSE["x-app"], "build": "."}  # one builds: two at once could not both export the image
    assert second == {**COMPOSE["x-app"], "pull_policy": "never"}  # nor is it anybody else's of that name
    assert first["read_only"]
    assert first["cap_drop"] == ["ALL"]
    assert {environment()["HEADWATERS_DATA"], "/tmp"} == set(first["tmpfs"])
    assert first["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"].startswith("${STREAMLIT_SERVER_COOKIE_SECRET:?")
    database = COMPOSE["services"]["database"]["environment"]
    user, name, password = (database[f"POSTGRES_{part}"] for part in ("USER", "DB", "PASSWORD"))
    assert password.startswith("${POSTGRES_PASSWORD:?")
    assert first["environment"][Setting.DATABASE_URL] == f"postgresql://{user}:{password}@database/{name}"
    (kept,) = COMPOSE["services"]["database"]["volumes"]
    assert kept.split(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("file", ["compose", "manifest"])
@pytest.mark.parametrize(
    ("by_way_of", "named", "visitor"),
    [
        ("172.18.0.5", "203.0.113.7", "203.0.113.7"),
        ("172.18.0.5", "192.0.2.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"),  # the first was made up by who asks
        ("203.0.113.9", "203.0.113.7", "203.0.113.9"),  # nobody's proxy
    ],
)
def test_a_visitor_is_known_by_the_address_that_our_own_proxies_saw(file, by_way_of, named, visitor):
    of_pod = {each["name"]: each["value"] for each in CONTAINER["env"]}
    trusted = (of_pod if file == "manifest" else COMPOSE["x-app"]["environment"])["FORWARDED_ALLOW_IPS"]
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        client = Request(scope).client
        seen.append(client.host if client else "")

    headers = [(b"x-forwarded-for", named.encode())]
    scope = {"type": "http", "scheme": "http", "client": (by_way_of, 1), "headers": headers}
    asyncio.run(ProxyHeadersMiddleware(app, trusted_hosts=trusted)(scope, None, None))  # type: ignore[arg-type]
    assert seen == [visitor]


# --- Kubernetes


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_is_one(path):
    kubernetes_validate.validate(
        yaml.safe_load(path.read_text(encoding="utf-8")), kubernetes_validate.latest_version(), strict=True
    )


def test_what_is_no_manifest_is_found():
    wrong = manifest("Service") | {"spec": {"port": 80}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, kubernetes_validate.latest_version(), strict=True)


def test_the_manifests_name_each_other_and_what_the_image_has():
    labels = manifest("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert (
        manifest("Deployment")["spec"]["selector"]["matchLabels"] == labels == manifest("Service")["spec"]["selector"]
    )
    (port,) = CONTAINER["ports"]
    assert str(port["containerPort"]) == environment()["STREAMLIT_SERVER_PORT"]
    (served,) = manifest("Service")["spec"]["ports"]
    assert served["targetPort"] == port["name"]
    (rule,) = manifest("Ingress")["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert path["backend"]["service"] == {
        "name": manifest("Service")["metadata"]["name"],
        "port": {"name": served["name"]},
    }
    assert POD["securityContext"]["runAsUser"] == int(last("USER").text)
    assert CONTAINER["securityContext"]["readOnlyRootFilesystem"]
    mounted = {each["mountPath"] for each in CONTAINER["volumeMounts"]}
    assert mounted == {"/tmp", environment()["HEADWATERS_DATA"], f"{environment()['HOME']}/.streamlit"}
    probes = {kind: CONTAINER[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    assert probes == {"startup": "/readyz", "liveness": "/healthz", "readiness": "/healthz"}
    assert set(probes.values()) <= {route.path for route in health.routes()}


def test_the_secret_comes_from_a_file_that_is_not_committed():
    made = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))
    (secret,) = made["secretGenerator"]
    assert [{"secretRef": {"name": secret["name"]}}] == CONTAINER["envFrom"]
    assert secret["envs"] == ["secret.env"]
    assert {"secret.env", ".env", "secrets.toml"} <= set((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    assert sorted(made["resources"]) == [path.name for path in MANIFESTS]
    assert [image["name"] for image in made["images"]] == [CONTAINER["image"]]


def test_kubectl_puts_them_together(tmp_path):
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("LEFT OUT: no kubectl here to put the manifests together")
    folder = shutil.copytree(KUBERNETES, tmp_path / "kubernetes")
    (folder / "secret.env").write_text(f"{Setting.DATABASE_URL}=postgresql://a:b@c/d\n", encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run([kubectl, "kustomize", folder], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    objects = list(yaml.safe_load_all(done.stdout))
    assert {each["kind"] for each in objects} == {"Deployment", "Ingress", "Secret", "Service"}
    for each in objects:
        kubernetes_validate.validate(each, kubernetes_validate.latest_version(), strict=True)


def test_the_ingress_leads_learners_as_serve_does(haproxy, tmp_path):
    snippet = manifest("Ingress")["metadata"]["annotations"]["haproxy.org/backend-config-snippet"]
    refused = ["http-request deny if { path,url_dec -m end /metrics }"]  # a pod is asked for its figures, not the site
    lines = [line.removesuffix(" peers localinstance") for line in snippet.splitlines() if line not in refused]
    assert set(refused) <= set(snippet.splitlines())
    ours = [line.strip() for line in (proxy.SETTINGS + proxy.AFFINITY).splitlines() if not line.strip().startswith("#")]
    assert [line for line in ours if line in lines] == lines  # in our order, and nothing else of its own
    affinity = [line.strip() for line in proxy.AFFINITY.splitlines() if not line.strip().startswith("#")]
    assert set(affinity) - set(lines) == {"balance leastconn"}  # which the controller is told by an annotation
    indented = "".join(f"    {line}\n" for line in snippet.splitlines())
    file = tmp_path / "haproxy.cfg"
    file.write_text(
        "defaults\n    mode http\n    timeout connect 5s\n    timeout client 50s\n    timeout server 50s\n"
        "peers localinstance\n    peer local 127.0.0.1:10000\n"
        f"backend headwaters\n    balance leastconn\n{indented}    server SRV_1 127.0.0.1:8501 check\n",
        encoding="utf-8",
    )
    checked = subprocess.run(
        [haproxy, "-c", "-L", "local", "-f", str(file)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, "WARNING" in checked.stderr) == (0, False), checked.stderr
