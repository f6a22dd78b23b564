"""Days that several tests look at are simulated once, and let go again: each takes some 25 MB."""

from functools import lru_cache

# A worker that kept every day of the suite grew to nine gigabytes, and two of them are more than a machine has.
kept = lru_cache(maxsize=8)
