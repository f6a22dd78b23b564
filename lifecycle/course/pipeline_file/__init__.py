"""`pipeline.yaml` read into a pipeline, and all that is wrong with it."""

from lifecycle.course.pipeline_file.reading import FILE, WHOLE, read_pipeline

__all__ = ["FILE", "WHOLE", "read_pipeline"]
