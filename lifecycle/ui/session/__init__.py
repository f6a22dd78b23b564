"""What one visitor's session and its server hold: address, caches, learner, kept runs, prices, uploads."""
