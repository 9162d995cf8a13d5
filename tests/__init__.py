"""Everything that must hold: the law, each module, and a person's day in a real browser."""
