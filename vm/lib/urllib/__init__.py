"""Working with URLs (the part that needs no network: urllib.parse)."""
