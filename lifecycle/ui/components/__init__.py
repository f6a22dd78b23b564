"""Small pieces that draw and know nothing of the course's state: the diagram's mount, prose, notes to the browser."""
