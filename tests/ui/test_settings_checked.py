"""A server with a setting that cannot be used says so in a line, and does not start."""

import pytest

from lifecycle.installed import Setting
from lifecycle.ui import server


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for setting in Setting:
        monkeypatch.delenv(setting, raising=False)


def test_without_any_setting_it_starts():
    server.check_settings()


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (Setting.DATABASE_URL, "rubbish"),
        (Setting.DATABASE_URL, "/tmp/x.db"),
        (Setting.DATABASE_URL, "mysql://learn:hidden@host/name"),
        (Setting.DATABASE_URL, "postgresql://learn:hidden@host:notaport/name"),
        (Setting.DATABASE_URL, "postgresql://learn:hidden@host"),
        (Setting.CLASS_HOURS, "abc"),
        (Setting.CLASS_HOURS, "-1"),
        (Setting.CLASS_PHONES, "1.5"),
        (Setting.CLASS_PHONES, "99999"),
        (Setting.WRITING, "perhaps"),
        (Setting.SIGN_IN, "yes"),
        (Setting.PUBLIC_URL, "learn"),
        (Setting.FRAME_ANCESTORS, "lms"),
    ],
)
def test_a_wrong_value_is_said_in_a_line_with_its_name(monkeypatch, setting, text):
    monkeypatch.setenv(setting, text)
    with pytest.raises(SystemExit) as left:
        server.check_settings()
    said = str(left.value)
    assert setting in said
    assert "\n" not in said
    assert "hidden" not in said


def test_a_file_where_a_folder_belongs_is_named(monkeypatch, tmp_path):
    file = tmp_path / "a-file"
    file.touch()
    monkeypatch.setenv(Setting.DATA, str(file))
    with pytest.raises(SystemExit, match=r"is a file\. Name a folder"):
        server.check_settings()


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (Setting.DATABASE_URL, "postgresql://learn@/headwaters?host=/run/postgresql"),
        (Setting.DATABASE_URL, "sqlite:////srv/headwaters.db"),
        (Setting.CLASS_HOURS, "0.5"),
        (Setting.CLASS_PHONES, "40"),
        (Setting.WRITING, "off"),
    ],
)
def test_what_can_be_used_is_taken(monkeypatch, setting, text):
    monkeypatch.setenv(setting, text)
    server.check_settings()
