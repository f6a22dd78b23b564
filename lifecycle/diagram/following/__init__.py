"""One event followed on the page: its ribbon, the pace at which it is watched, and both as they are sent."""
