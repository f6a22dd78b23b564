"""Measurements, as ratios in one run; run each with `python -m benchmarks.<name>` from the root."""
