"""What the panel shows of an undercurrent: what it lets leak, which checks ring, who is downstream."""

from lifecycle.ui.panel.beneath.showing import show

__all__ = ["show"]
