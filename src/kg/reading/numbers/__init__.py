"""Every number of a text: a quantity with its unit and bounds, a stretch of time, or unread with a reason."""
