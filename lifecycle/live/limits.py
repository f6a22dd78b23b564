"""How often one may ask: buckets of tokens that fill again, and the arithmetic of guessing a class's code.

A code is 8 characters out of 25, about 1.5e11 codes. One address may name 30 wrong ones at once and then one every two
seconds, 43,230 in a day; all addresses together 500 and then 50 a second, 4.3 million in a day. So whoever guesses from
one address for the whole of a class's day finds it with a chance of 3 in ten million, and any number of addresses
together with one of 3 in a hundred thousand. A class may last longer (HEADWATERS_CLASS_HOURS): so much larger is the
chance.

The right code costs nothing, so a hall of a thousand phones behind one address comes in at once.
"""

from __future__ import annotations

import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

# Without vowels, so that no code is a word, and without what is mistaken for something else when read from afar.
ALPHABET = "2345679BCDFGHJKMNPQRTVWXZ"
LENGTH = 8
WRONG_CODES = (30.0, 0.5)
ALL_WRONG_CODES = (500.0, 50.0)
# New phones of one address: a hall at once, then ten a second. Votes of one phone: ten in a row, then one a second.
NEW_PHONES = (2_000.0, 10.0)
VOTES = (10.0, 1.0)
ASKS = (60.0, 5.0)
WRONG_SECRETS = (20.0, 0.2)
_MOST_BUCKETS = 20_000


def new_code() -> str:
    """A code for a class, drawn afresh."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidied(code: str) -> str:
    """A code as it is kept, from what was typed: `bcd-fgh 23` too; "" for what can be none."""
    found = "".join(code[:40].upper().replace("-", "").split())
    return found if len(found) == LENGTH and set(found) <= set(ALPHABET) else ""


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

    def wait_s(self, name: str) -> float:
        """Seconds until there is a token again."""
        return max(0.0, (1.0 - self.left(name)) / self.per_s)


def neighbourhood(address: str) -> str:
    """Whom an address's tokens belong to: itself, in IPv6 its network of 64 bits, all of which one line may use."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
