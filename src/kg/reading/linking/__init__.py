"""What each quantity is about: its indicator, subject, period and status, and the set that it counts."""
