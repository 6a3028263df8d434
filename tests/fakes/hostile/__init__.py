"""A sheet host that behaves as badly as a real one may."""
