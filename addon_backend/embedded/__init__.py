"""The engines that start with us when none is configured, and end with us."""
