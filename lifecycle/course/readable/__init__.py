"""Whether a page can be read at a walk: the length of its sentences and paragraphs, and words left unexplained."""
