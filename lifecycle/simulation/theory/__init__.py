"""Closed forms of queueing theory, and which of them holds at which station of a day."""
