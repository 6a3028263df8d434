"""CSV and TSV: values are never guessed at, fields change one by one, the rest stays byte for byte."""
