"""One day, event by event: births, what each station does to what reaches it, what the faults do, and the walk."""
