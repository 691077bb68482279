"""Which names mean one thing, the address that it keeps for ever, and the file of published ones."""
