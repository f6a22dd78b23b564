"""Scenario -> Run, event by event. NumPy only; would make sense in a notebook with nothing else."""
