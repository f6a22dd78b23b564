"""The pipeline as a living picture: laid out by Graphviz, shaded by the run, moved by its JavaScript."""
