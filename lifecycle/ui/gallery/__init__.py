"""The gallery of scenarios to choose one from, and what of its things to try was done."""

# Where the server hands out the glances at their days: this, a version and a scenario.
GLANCES = "glances"
