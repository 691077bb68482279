"""What the dataset says of itself: DCAT, VoID, and how often each term stands in it."""
