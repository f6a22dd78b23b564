"""A pipeline of one's own: brought, drawn, simulated and edited."""

from lifecycle.ui.pages import frame, own_pipeline

frame.require()
own_pipeline.show()
