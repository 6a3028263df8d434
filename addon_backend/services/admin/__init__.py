"""What an administrator does on ``/admin``; see docs/adr/0015-administrators.md."""
