"""What the product says and asks, as data with sources, and the models that read it."""
