"""A pipeline of the learner's own: the ways in, its picture, its nodes as a list, and the form beside it."""
