"""RQ as a doorbell: rings, the processes that answer them, and the supervisor that keeps those alive."""
