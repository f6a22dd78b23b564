"""What a course says of one event that is followed."""
