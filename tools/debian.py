"""What the tests need of Debian: installed by apt where it can be."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any


def install(*packages: str) -> bool:
    """Install the first of these packages that there is, as root or by sudo without a password; whether one came."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not shutil.which("sudo"):
        return False
    quiet: dict[str, Any] = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False, stderr=subprocess.DEVNULL, **quiet)
    for package in packages:
        if subprocess.run([*sudo, "apt-get", "install", "-y", "-qq", package], check=False, **quiet).returncode == 0:
            return True
    return False
