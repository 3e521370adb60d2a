"""Parts of a screen: each announces, the screen decides."""
