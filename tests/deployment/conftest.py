"""HAProxy, where there is one; elsewhere the tests that need it say so."""

from __future__ import annotations

import pytest

from lifecycle.cli import proxy


@pytest.fixture(scope="session")
def haproxy() -> str:
    program = proxy.program()
    if program is None:
        pytest.skip("LEFT OUT: no HAProxy here (python -m tools.haproxy installs one)")
    return program
