"""Protocols that state the laws which every adapter keeps. Import only the domain."""
