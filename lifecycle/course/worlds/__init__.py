"""Worlds beside the learner's: what may be turned in theirs, and the nearest one in which a belief fails."""
