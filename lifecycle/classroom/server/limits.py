"""How often one may ask: buckets of tokens that fill again, and the arithmetic of guessing a class's code.

What is right passes before any bucket is asked: who knows the code, the secret or the key gets in, however many wrong
ones came from the same address. Only a wrong try costs a token, and where none is left it is refused without the store
being asked (`Hub.knows`).

So a guesser is held only by how fast the server answers. A code is 8 characters out of 25, about 1.5e11 codes; at a
thousand guesses a second, which this server does not reach, for the whole of a class's day, one finds a given class
with a chance of 6 in 10,000, and has won what the code on the wall gives everybody: a phone in it. A class may last
longer (HEADWATERS_CLASS_HOURS): so much larger is the chance. A presenter's secret has 192 random bits.
"""

from __future__ import annotations

import ipaddress
import secrets
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from lifecycle.installed import Setting

# Without vowels, so that no code is a word, and without what is mistaken for something else when read from afar.
ALPHABET = "2345679BCDFGHJKMNPQRTVWXZ"
LENGTH = 8
_LONG_SOUND = "\u30fc"  # what the key of the dash writes on a Japanese keyboard; to Unicode it is a letter
WRONG_CODES = (30.0, 0.5)
ALL_WRONG_CODES = (500.0, 50.0)
# Votes of one phone: ten in a row, then one a second.
VOTES = (10.0, 1.0)
ASKS = (60.0, 5.0)
WRONG_SECRETS = (20.0, 0.2)
# Classes started: of one visitor six, then one in ten minutes; of one address, where a school may sit, more. All
# addresses together: what a small server bears.
STARTS_OF_VISITOR = (6.0, 1 / 600)
STARTS_OF_ADDRESS = (30.0, 1 / 60)
STARTS_OF_ALL = (1_000.0, 1.0)
_MOST_BUCKETS = 20_000
CLASS_HOURS, MOST_HOURS = 24.0, 24 * 366
# Phones of one address, such as a hall's router, unless said; and of one class from everywhere: each costs some memory.
CLASS_PHONES, MOST_PHONES = 1_200, 20_000


def new_code() -> str:
    """A code for a class, drawn afresh."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidied(code: str) -> str:
    """A code as it is kept, from what was typed; "" for what can be none.

    `bcd-fgh 23` is one, too, as are full-width letters, any dash or sign between them, and what cannot be seen.
    """
    plain = unicodedata.normalize("NFKC", code[:80]).upper()
    letters = "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN" and sign != _LONG_SOUND)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""


def of_link(typed: str) -> tuple[str, str]:
    """The code in what was typed into the field of a code, a class's whole address as well; and the seat that it names.

    A seat's token is as it stands in the address, "" where there is none.
    """
    address, _, query = typed.strip().partition("#")[0].partition("?")
    named = {name: values[0] for name, values in parse_qs(query).items()}
    last = unquote(address).rstrip("/").rpartition("/")[2]
    code = tidied(last) or tidied(named.get("code", "")) or tidied(typed)
    return code, named.get("seat", "")


def spelled(code: str) -> str:
    """A code as people read it: `BCDF-GH23`."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


@dataclass
class Buckets:
    """A bucket of `size` tokens for each name, filled by `per_s`; the names that were quiet for longest are let go."""

    size: float
    per_s: float
    now: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def left(self, name: str) -> float:
        """The tokens that a name has now."""
        tokens, then_s = self._left.get(name, (self.size, 0.0))
        return min(self.size, tokens + (self.now() - then_s) * self.per_s) if name in self._left else self.size

    def take(self, name: str) -> bool:
        """Take a token; whether there was one."""
        tokens = self.left(name)
        if tokens < 1.0:
            return False
        self._left[name] = (tokens - 1.0, self.now())
        self._left.move_to_end(name)
        if len(self._left) > _MOST_BUCKETS:
            self._left.popitem(last=False)
        return True

    def __len__(self) -> int:
        return len(self._left)

    def forget(self) -> None:
        """Fill every bucket."""
        self._left.clear()

    def wait_s(self, name: str) -> float:
        """Seconds until there is a token again."""
        return max(0.0, (1.0 - self.left(name)) / self.per_s)


def neighbourhood(address: str) -> str:
    """Whom an address's tokens belong to: itself, in IPv6 its network of 64 bits, all of which one line may use."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(ip, ipaddress.IPv6Address):
        mapped = ip.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def class_hours() -> float:
    """For how many hours a class and its votes are kept: HEADWATERS_CLASS_HOURS, or a day."""
    return _number(Setting.CLASS_HOURS.text, MOST_HOURS) or CLASS_HOURS


def phones_of_one_address() -> int:
    """How many phones may come from one address unless the desk says otherwise: HEADWATERS_CLASS_PHONES, or 1,200."""
    return int(_number(Setting.CLASS_PHONES.text, MOST_PHONES, whole=True)) or CLASS_PHONES


def problem() -> str:
    """Which of the two is no number that can be used, in a line; "" for neither."""
    for setting, most, whole in ((Setting.CLASS_HOURS, MOST_HOURS, False), (Setting.CLASS_PHONES, MOST_PHONES, True)):
        if setting.text and not _number(setting.text, most, whole=whole):
            return f"{setting}: {setting.text!r} is not a choice. Write a {'whole ' * whole}number up to {most:,}."
    return ""


def _number(text: str, most: int, *, whole: bool = False) -> float:
    """The number that is written, 0 where it is none above 0 and up to `most`."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if 0.0 < number <= most and (not whole or text.isdecimal()) else 0.0
