"""`pipeline.yaml` read into a pipeline, and all that is wrong with it."""

from lifecycle.course.pipeline_file.reading import FILE, WHOLE, network_of, pipeline_of, read_pipeline

__all__ = ["FILE", "WHOLE", "network_of", "pipeline_of", "read_pipeline"]
