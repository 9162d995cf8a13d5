"""Every page that needs no key, made whole without scripts, and the release that holds them."""
