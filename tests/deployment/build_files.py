"""The files that build and run containers, read without a container engine: what they say, and what they would take."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "Dockerfile"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES = ROOT / "deploy" / "kubernetes"
MANIFESTS = [path for path in sorted(KUBERNETES.glob("*.yaml")) if path.name != "kustomization.yaml"]


def manifest(kind: str) -> dict[str, Any]:
    """The one manifest of a kind."""
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in MANIFESTS]
    (only,) = [each for each in read if each["kind"] == kind]
    return dict(only)


@dataclass(frozen=True)
class Instruction:
    """A line of a Dockerfile, with what it goes on with."""

    name: str
    text: str

    @property
    def command(self) -> list[str]:
        """The command of a CMD or a HEALTHCHECK, in its exec form."""
        return list(json.loads(self.text[self.text.index("[") :]))


def instructions() -> list[Instruction]:
    text = re.sub(r"\\\n\s*", "", DOCKERFILE.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [Instruction(*line.split(" ", 1)) for line in lines]


def last(name: str) -> Instruction:
    return [each for each in instructions() if each.name == name][-1]


def environment() -> dict[str, str]:
    """What the image sets."""
    return dict(pair.split("=", 1) for each in instructions() if each.name == "ENV" for pair in each.text.split())


def is_sent(path: str, patterns: list[str]) -> bool:
    """Whether a file goes to the builder: the last pattern that takes it, or a folder of it, decides."""
    parts = path.split("/")
    names = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    sent = True
    for pattern in patterns:
        bare = pattern.removeprefix("!")
        anywhere = bare.startswith("**/")
        taken = (name.split("/")[-1] if anywhere else name for name in names)
        if any(fnmatch(name, bare.removeprefix("**/")) for name in taken):
            sent = pattern.startswith("!")
    return sent


def patterns() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def copy_context(folder: Path) -> None:
    """What `docker build .` would be sent, copied into a folder."""
    for top in sorted({pattern.removeprefix("!").split("/")[0] for pattern in patterns() if pattern.startswith("!")}):
        start = ROOT / top
        for path in [start] if start.is_file() else start.rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and is_sent(name, patterns()):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, folder / name)
