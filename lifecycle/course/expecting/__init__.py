"""What a scenario expects of its own day, in its front matter."""
