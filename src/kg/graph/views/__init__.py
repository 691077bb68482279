"""The graph in the forms that people take away, and what differs between two builds."""
