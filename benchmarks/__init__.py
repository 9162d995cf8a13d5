"""What FIGURES asks for of a device and a server, as scripts that print ratios."""
