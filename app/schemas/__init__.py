"""What travels: bodies and answers as pydantic models, and envelopes as far as no key is needed."""
