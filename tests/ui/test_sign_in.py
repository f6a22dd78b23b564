"""Where people must sign in: what the server needs for it, and that it does not start without."""

import subprocess
import sys
from pathlib import Path

import pytest

from lifecycle.installed import Setting
from lifecycle.ui.components import sign_in

ROOT = Path(__file__).parents[2]
AUTH = {
    "redirect_uri": "https://learn.example.org/oauth2callback",
    "cookie_secret": "0" * 32,
    "client_id": "headwaters",
    "client_secret": "hidden",
    "server_metadata_url": "https://who.example.org/.well-known/openid-configuration",
}


@pytest.fixture
def required(monkeypatch):
    monkeypatch.setenv(Setting.SIGN_IN, "required")
    monkeypatch.setattr(sign_in, "_auth", lambda: AUTH)


def test_nobody_must_sign_in_unless_that_was_set(monkeypatch):
    monkeypatch.delenv(Setting.SIGN_IN, raising=False)
    assert not sign_in.is_required()
    assert sign_in.problem() == ""


def test_with_a_provider_everybody_can_be_asked_to(required):
    assert sign_in.is_required()
    assert sign_in.problem() == ""


def test_a_word_that_is_no_choice_lets_nobody_in(required, monkeypatch):
    monkeypatch.setenv(Setting.SIGN_IN, "yes")
    assert sign_in.is_required()
    assert sign_in.problem() == "HEADWATERS_SIGN_IN: 'yes' is not a choice. Write required, or leave it out."


@pytest.mark.parametrize("key", AUTH)
def test_what_the_provider_lacks_is_named(required, monkeypatch, key):
    monkeypatch.setattr(sign_in, "_auth", lambda: AUTH | {key: ""})
    assert sign_in.problem().startswith(f"HEADWATERS_SIGN_IN=required needs {key} under [auth] in ")


def test_the_library_that_signs_in_must_be_there(required, monkeypatch):
    monkeypatch.setitem(sys.modules, "authlib.integrations.starlette_client", None)
    assert sign_in.problem().startswith("HEADWATERS_SIGN_IN=required needs what is not installed (")
    assert sign_in.problem().endswith("): pip install authlib httpx2.")


def started(folder: Path, secrets: str) -> "subprocess.CompletedProcess[str]":
    """The server as far as it reads how to serve, in a home with these secrets."""
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
    env = {"PATH": "", Setting.SIGN_IN: "required", "HOME": str(folder), "HEADWATERS_DATA": str(folder / "data")}
    return subprocess.run([sys.executable, "-c", "import app"], cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.mark.parametrize("key", ["redirect_uri", "server_metadata_url"])
def test_what_is_no_address_is_named(required, monkeypatch, key):
    monkeypatch.setattr(sign_in, "_auth", lambda: AUTH | {key: "nonsense"})
    assert f"{key} under [auth] is not an address" in sign_in.problem()


@pytest.mark.parametrize("setting", ["", "required"])
def test_a_file_of_secrets_that_cannot_be_read_is_named(monkeypatch, tmp_path, setting):
    """Whether anybody must sign in or not: Streamlit would fail at every page."""
    monkeypatch.setenv(Setting.SIGN_IN, setting)
    monkeypatch.setattr("streamlit.get_option", lambda _: [str(tmp_path / "none.toml"), str(tmp_path)])
    assert sign_in.problem() == f"{tmp_path} cannot be read (Is a directory): this server needs the right to."


def test_a_file_of_secrets_that_is_no_toml_is_named_where_it_is_needed(required, monkeypatch, tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text("[auth", encoding="utf-8")
    monkeypatch.setattr("streamlit.get_option", lambda _: [str(file)])
    assert sign_in.problem().startswith(f"{file} is no TOML: ")
    monkeypatch.setenv(Setting.SIGN_IN, "")
    assert sign_in.problem() == ""


@pytest.mark.parametrize("secrets", ["", "auth = 1", "[auth.google]\nclient_id = 'headwaters'"])
def test_without_a_provider_the_server_says_so_in_a_line_and_does_not_start(tmp_path, secrets):
    done = started(tmp_path, secrets)
    assert done.returncode == 1
    (line,) = [each for each in done.stderr.splitlines() if "Warning" not in each]
    assert line == (
        "HEADWATERS_SIGN_IN=required needs redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url "
        "under [auth] in .streamlit/secrets.toml: see docs/SERVING.md."
    )


def test_with_a_provider_it_starts(tmp_path):
    auth = "".join(f"{key} = '{value}'\n" for key, value in AUTH.items())
    assert started(tmp_path, f"[auth]\n{auth}").returncode == 0
