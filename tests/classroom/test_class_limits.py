"""Codes and limits: how often one may guess, begin, and come from one address."""

import pytest

from lifecycle.classroom.server import limits
from lifecycle.classroom.server.limits import class_hours
from tests.classroom.class_votes import Clock

pytestmark = pytest.mark.xdist_group("storage")


# --- codes, limits


def test_codes_are_read_however_they_are_typed_and_nonsense_is_none():
    code = limits.new_code()
    assert limits.tidied(f" {limits.spelled(code).lower()} ") == code
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code.lower())
    assert limits.tidied(wide) == code
    dashes, spaces = (
        "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\ufe63\uff0d\u30fc\u00b7._",
        " \u00a0\u3000\u200b\u2060\ufeff\u200e",
    )
    for dash in dashes + spaces:
        typed = f"\u200b{code[:4]}{dash}{code[4:]}\ufeff"
        assert limits.tidied(typed) == code, hex(ord(dash))
    for nonsense in ("", "short", code + "2", "AEIOU234", "../../..", "x" * 10_000, "ÄÖÜ23456", "\ud800" * 8):
        assert limits.tidied(nonsense) == ""


def test_guessing_as_fast_as_a_server_answers_for_a_whole_day_hardly_finds_a_class():
    codes = len(limits.ALPHABET) ** limits.LENGTH
    assert 1_000 * 86_400 / codes < 1e-3


def test_a_bucket_gives_its_tokens_and_fills_again():
    clock = Clock()
    bucket = limits.Buckets(3.0, 0.5, clock)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert bucket.take("b")
    assert bucket.wait_s("a") == pytest.approx(2.0)
    clock.now_s += 2.0
    assert bucket.take("a")
    clock.now_s += 1e6
    assert bucket.left("a") == 3.0


def test_a_visitor_starts_six_classes_and_then_one_in_ten_minutes():
    clock = Clock()
    started = limits.Buckets(*limits.STARTS_OF_VISITOR, clock)
    assert [started.take("she") for _ in range(7)] == [True] * 6 + [False]
    for gone_s, may in ((599.0, False), (1.0, True), (0.0, False)):
        clock.now_s += gone_s
        assert started.take("she") is may


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_stands_for_its_line(address, whose):
    assert limits.neighbourhood(address) == whose


@pytest.mark.parametrize(
    ("text", "hours"), [("", 24), ("2", 2), ("0.5", 0.5), ("soon", 24), ("-1", 24), ("nan", 24), ("1e9", 24)]
)
def test_how_long_a_class_is_kept_is_set_in_hours(monkeypatch, text, hours):
    monkeypatch.setenv("HEADWATERS_CLASS_HOURS", text)
    assert class_hours() == hours
