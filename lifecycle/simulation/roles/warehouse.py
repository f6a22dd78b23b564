"""Rows that can be queried once their load is committed."""

from __future__ import annotations

from lifecycle.simulation.kernels.servers import served
from lifecycle.simulation.model.figures import DAY, EXPONENTIAL, Figure, asking_rate, per_event_s, readers, spread
from lifecycle.simulation.model.kinds import Readers, Role
from lifecycle.simulation.roles.kind import RoleType
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.workplace import Work, Workplace


class Warehouse(RoleType):
    """Rows that can be queried once their load is committed."""

    role = Role.WAREHOUSE
    keeps = True
    queues = True
    figures = (
        Figure("load_s", 1, "s", 0, 3600, "Commit of a load", "Seconds until rows that are written can be queried",
               scale="log"),
        per_event_s(0.0005, "Seconds to write one row", knob=True),
        spread(),
        asking_rate("analysts_per_s", "queries/s", "Analysts' queries", "Queries that no dashboard asks"),
        Figure("query_work_s", 1, "s", 0.001, 3600, "An analyst's query", "Mean seconds that it holds a slot",
               "chosen; nothing published was found for the seconds of a warehouse query", "log"),
        Figure("query_spread", 1, "1", 0, 1, "Spread of the queries",
               "0: all take the same; 1: exponential, most short and a few long; dashboards' queries, too",
               EXPONENTIAL, cite="harchol-balter-2013"),
        Figure("slots", 8, "slots", 1, 64, "Query slots", "Queries that run at once; the others wait in one line",
               "Snowflake runs 8 at once by default (MAX_CONCURRENCY_LEVEL)", knob=True,
               cite="snowflake-docs-parameters"),
        Figure("suspend_s", 60, "s", 0, DAY, "Auto-suspend",
               "Seconds without work after which it sleeps and is not paid for; 0: it never sleeps",
               "chosen: a minute; Snowflake recommends 5 or 10 minutes or less", "log", knob=True,
               cite="snowflake-docs-considerations"),
        Figure("credits_per_h", 1, "choice", 1, 8, "Size",
               "Credits that it is billed for each hour awake; its speed is in the seconds of a query",
               "chosen: X-Small; each size costs twice the one below",
               cite="snowflake-docs-compute-cost",
               options=((1, "X-Small, 1 credit/h"), (2, "Small, 2"), (4, "Medium, 4"), (8, "Large, 8"))),
        readers(Readers.ANALYSTS, "Who has a grant on its tables"),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Rows are written in order, and can be queried once their load is committed."""
        started, ended = served(stream.at_s, workplace.work(stream.ids), workplace.clock)
        return Work(started, ended + workplace.figures["load_s"], from_s=started, to_s=ended)

    def trailing_s(self, workplace: Workplace) -> float:
        """The commit of its load."""
        return workplace.figures["load_s"]
