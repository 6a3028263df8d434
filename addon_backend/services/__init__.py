"""The use cases: verbs that the web edge, the command line and the workers share."""
