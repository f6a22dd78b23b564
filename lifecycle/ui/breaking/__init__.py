"""Breaking a stage, on the diagram or in the panel; what comes of it, and what would have saved the day."""
