"""What is known of a learner: mastery and review, drills, predictions, and how well the questions work."""
