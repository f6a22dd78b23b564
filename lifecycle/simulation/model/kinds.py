"""Every kind that a simulation knows, each as a type: files, addresses and figures are turned into it once.

A kind that travels as text is a `StrEnum`, spelled as YAML, addresses and JSON spell it; one that travels as a figure
or in an array is an `IntEnum` of its codes. Whatever asks for a kind does so by `match` and `assert_never`, or by a
table that a test holds complete: a new member without an answer is then an error before anyone meets it.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class _Spelled(StrEnum):
    """A kind whose text stands in messages and names what is stored: its `repr` is that of the text."""

    def __repr__(self) -> str:
        return repr(self.value)


class Role(_Spelled):
    """What a station is."""

    SOURCE = "source"
    INTERFACE = "interface"
    INGESTION = "ingestion"
    BUFFER = "buffer"
    LAKE = "lake"
    TRANSFORM = "transform"
    WAREHOUSE = "warehouse"
    ARCHIVE = "archive"
    CONSUMER = "consumer"


class FaultKind(_Spelled):
    """What goes wrong."""

    DOWN = "down"
    SLOW = "slow"
    CUT = "cut"
    DRIFT = "drift"
    CONTEND = "contend"
    SPIKE = "spike"
    SKEW = "skew"
    POISON = "poison"
    RERUN = "rerun"
    FORGET = "forget"
    FAIL = "fail"
    SLEEP = "sleep"


class Start(_Spelled):
    """Who starts a transfer: who receives, or who sends."""

    PULL = "pull"
    PUSH = "push"


class Size(_Spelled):
    """How much moves at a time: many events together, or each as it comes."""

    BATCH = "batch"
    STREAM = "stream"

    @property
    def other(self) -> Size:
        """The other of the two."""
        return Size.BATCH if self is Size.STREAM else Size.STREAM


class Waits(_Spelled):
    """Where events wait that are due while their receiver is down; `NOWHERE`: they are lost."""

    SENDER = "sender"
    RECEIVER = "receiver"
    NOWHERE = "nowhere"


class Overlap(_Spelled):
    """What becomes of an orchestrator's run that is due while the one before it is not over."""

    SKIP = "skip"
    QUEUE = "queue"
    PARALLEL = "parallel"


class Arrivals(_Spelled):
    """How the events of a day are spread over it."""

    STEADY = "steady"
    DAILY = "daily"
    SPIKE = "spike"
    REAL_DAY = "real-day"


class Policy(_Spelled):
    """What a buffer with limited room does with an event that finds none: see `kernels.finite`."""

    REFUSE = "refuse"
    DROP_OLDEST = "drop-oldest"
    BLOCK = "block"
    SPILL = "spill"


class Fate(IntEnum):
    """What became of an event at a station by the end of the day, as arrays hold it."""

    OK = 0
    REFUSED = 1
    EXPIRED = 2
    DROPPED = 3
    MALFORMED = 4
    DRIFTED = 5
    REJECTED = 6
    DUPLICATE = 7
    LATE = 8
    POISONED = 9
    UNCONFIRMED = 10
    JOINED = 11
    SKIPPED = 12


class WhenFull(IntEnum):
    """What a log does with an event that finds no room: the codes of the figure `policy`."""

    REFUSE = 0
    DROP_OLDEST = 1
    SPILL = 2
    BLOCK = 3


class Cause(_Spelled):
    """What holds an event up at a station.

    `TICK`: a timetable. `BATCH`: the rest of its file or fetch. `LATE`: a device without signal. `QUEUE`: those before
    it. `RATE_LIMIT`: a token. `RETRY`: asking, or sending, once more. `OUTAGE`: the end of a fault. `WINDOW`: the close
    of the window of event time to which it belongs. `REFRESH`: a consumer's next look. Of an orchestrator: `PARENT`,
    the jobs before; `SLOT`, a free one; `FAILED`, a run that succeeds, after one that did not.
    """

    NONE = "none"
    TICK = "tick"
    BATCH = "batch"
    LATE = "late"
    QUEUE = "queue"
    RATE_LIMIT = "rate-limit"
    RETRY = "retry"
    OUTAGE = "outage"
    WINDOW = "window"
    REFRESH = "refresh"
    PARENT = "parent"
    SLOT = "slot"
    FAILED = "failed"


class Guarantee(IntEnum):
    """What a log promises when a consumer fails or an answer is lost: the codes of the figure `delivery`."""

    AT_MOST_ONCE = 0
    AT_LEAST_ONCE = 1
    EXACTLY_ONCE = 2


class OnGone(IntEnum):
    """Where a reader of a log goes on whose place has expired: the codes of the figure `on_gone`."""

    LATEST = 0
    EARLIEST = 1


class IndexRefresh(IntEnum):
    """How an index is brought up to date: the codes of the figure `index_rebuilds`."""

    UPDATE = 0
    REBUILD = 1


class OnDrift(IntEnum):
    """What a station does with a row whose columns it does not know: the codes of the figure `on_drift`."""

    SET_ASIDE = 0
    FILL_IN_NOTHING = 1
    STOP = 2


class OnLate(IntEnum):
    """What happens to an event whose sum is out: the codes of the figure `on_late`."""

    CORRECT = 0
    DROP = 1


class Readers(IntEnum):
    """Who may read what lies at a station or passes it: the codes of the figure `readers`, each with those before.

    `JOBS` alone; `OPERATORS`, who run the pipeline; `ANALYSTS`; `EVERYBODY` in the company. `NETWORK`: anyone on the
    network, where a wire carries plain text, which nobody has chosen.
    """

    JOBS = 0
    OPERATORS = 1
    ANALYSTS = 2
    EVERYBODY = 3
    NETWORK = 4


class OnLimit(IntEnum):
    """What a caller meets who asks too often: the codes of the figure `on_limit`."""

    WAIT = 0
    REFUSE = 1


class CheckKind(_Spelled):
    """What a check of the data looks at; see `readings.alarms`. The one that says most about the cause stands first.

    `JOB`: an orchestrator's jobs that failed. `SCHEMA`: rows whose columns nobody knows. `LOSS`: rows that are gone or
    were set aside. `LAG`: how long the oldest row has waited to be read. `DISTRIBUTION`: the share of rows with an
    empty column. `VOLUME`: how many rows came. `FRESHNESS`: how old the newest row is.
    """

    JOB = "job"
    SCHEMA = "schema"
    LOSS = "loss"
    LAG = "lag"
    DISTRIBUTION = "distribution"
    VOLUME = "volume"
    FRESHNESS = "freshness"
