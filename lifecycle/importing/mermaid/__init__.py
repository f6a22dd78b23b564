"""Mermaid: the diagrams of a file, the grammar of flowcharts, and the graph that they draw."""
