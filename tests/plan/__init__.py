"""Tests of what a plan is, in Python: strict reading, the models, the published format."""
