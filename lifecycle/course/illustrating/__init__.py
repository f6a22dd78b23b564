"""Small views of simulated days that stand in the text of a place."""
