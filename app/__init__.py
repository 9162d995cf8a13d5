"""Keel: a plan that a person owns, the pages around it, and the server that hands both out."""
