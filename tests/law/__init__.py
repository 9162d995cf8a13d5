"""The law of the house as checks over a source tree; each returns the faults that it found."""
