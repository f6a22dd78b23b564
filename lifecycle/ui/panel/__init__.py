"""The parts that a page is put together from: the stage panel, the controls, the charts, the quiz."""
