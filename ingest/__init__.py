"""Mail in: files and IMAP, MIME, chains, threads. Knows no tables and no language."""
