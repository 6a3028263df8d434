"""After a run: the list of what is left to decide, and the runs that follow up another one."""
