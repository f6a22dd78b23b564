"""Airflow's DAG files, by their syntax tree: values, calls, the walk, and the graph it gives."""
