"""A report's figures as lines of JSON, as tables in words, as a page and as a sheet."""
