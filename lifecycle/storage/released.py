"""The tables as they were when each version came out, in SQL; never changed once it was released.

They are never made from those of `schema`, which are today's: a later step would find its column there already.
"""

from __future__ import annotations

# What SQLite and PostgreSQL spell differently.
WORDS = {
    "sqlite": {"key": "INTEGER PRIMARY KEY", "bytes": "BLOB"},
    "postgresql": {"key": "SERIAL PRIMARY KEY", "bytes": "BYTEA"},
}
OF_1 = (
    """CREATE TABLE IF NOT EXISTS answers (
        id {key},
        submission VARCHAR(100) NOT NULL UNIQUE,
        learner VARCHAR(100) NOT NULL,
        place TEXT NOT NULL,
        question TEXT NOT NULL,
        "right" BOOLEAN NOT NULL,
        answer TEXT NOT NULL,
        at_s FLOAT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS answers_by_learner ON answers (learner, id)",
    """CREATE TABLE IF NOT EXISTS predictions (
        id {key},
        submission VARCHAR(100) NOT NULL UNIQUE,
        learner VARCHAR(100) NOT NULL,
        points INTEGER NOT NULL,
        possible INTEGER NOT NULL,
        at_s FLOAT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS predictions_by_learner ON predictions (learner, id)",
)
OF_2 = (
    """CREATE TABLE IF NOT EXISTS drills (
        id {key},
        submission VARCHAR(100) NOT NULL UNIQUE,
        learner VARCHAR(100) NOT NULL,
        drill TEXT NOT NULL,
        level INTEGER NOT NULL,
        stage_right BOOLEAN NOT NULL,
        cause_right BOOLEAN NOT NULL,
        remedy_right BOOLEAN NOT NULL,
        hints INTEGER NOT NULL,
        points INTEGER NOT NULL,
        at_s FLOAT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS drills_by_learner ON drills (learner, id)",
)
OF_3 = (
    """CREATE TABLE IF NOT EXISTS classes (
        id {key},
        code VARCHAR(20) NOT NULL UNIQUE,
        secret_hash VARCHAR(64) NOT NULL,
        created_s FLOAT NOT NULL,
        expires_s FLOAT NOT NULL,
        state TEXT NOT NULL,
        talk TEXT NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS votes (
        id {key},
        submission VARCHAR(100) NOT NULL UNIQUE,
        class_id INTEGER NOT NULL REFERENCES classes (id),
        poll TEXT NOT NULL,
        round INTEGER NOT NULL,
        phone VARCHAR(100) NOT NULL,
        ballot TEXT NOT NULL,
        at_s FLOAT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS votes_by_class ON votes (class_id, id)",
)
OF_4 = (
    """CREATE TABLE IF NOT EXISTS phones_around (
        class_id INTEGER NOT NULL REFERENCES classes (id),
        replica VARCHAR(32) NOT NULL,
        phones TEXT NOT NULL,
        at_s FLOAT NOT NULL,
        PRIMARY KEY (class_id, replica)
    )""",
)
OF_5 = (
    """CREATE TABLE IF NOT EXISTS uploads (
        name VARCHAR(40) NOT NULL PRIMARY KEY,
        moments {bytes} NOT NULL,
        used_s FLOAT NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS uploaders (
        name VARCHAR(40) NOT NULL REFERENCES uploads (name),
        learner VARCHAR(100) NOT NULL,
        PRIMARY KEY (name, learner)
    )""",
    "CREATE INDEX IF NOT EXISTS uploaders_by_learner ON uploaders (learner)",
)
OF_6 = (
    """CREATE TABLE IF NOT EXISTS lessons (
        id {key},
        submission VARCHAR(100) NOT NULL UNIQUE,
        learner VARCHAR(100) NOT NULL,
        lesson TEXT NOT NULL,
        step INTEGER NOT NULL,
        done BOOLEAN NOT NULL,
        guess FLOAT,
        at_s FLOAT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS lessons_by_learner ON lessons (learner, id)",
)
OF_7 = (
    """CREATE TABLE IF NOT EXISTS drafts (
        id {key},
        learner VARCHAR(100) NOT NULL,
        name VARCHAR(100) NOT NULL,
        graph {bytes} NOT NULL,
        steps {bytes} NOT NULL,
        saves INTEGER NOT NULL,
        at_s FLOAT NOT NULL,
        UNIQUE (learner, name)
    )""",
)
