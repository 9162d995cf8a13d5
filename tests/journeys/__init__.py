"""A person's day, in real browsers, against the built release and the real server."""
