"""Tests that drive a real Chromium; a package, so that its modules may share names with the unit tests."""
