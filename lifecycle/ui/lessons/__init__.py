"""A lesson on the page: its step beside the diagram, and the ways into it, through it and out."""
