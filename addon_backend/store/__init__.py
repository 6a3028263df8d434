"""The truth in SQL: SQLite on a laptop, PostgreSQL in production, the same laws on both."""
