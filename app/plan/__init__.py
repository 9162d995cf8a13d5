"""What a plan is, in Python: strict reading, the published schema and the types made from it."""
