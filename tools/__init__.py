"""What the project needs around the app: browsers for the tests, the real day's trace."""
