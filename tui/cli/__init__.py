"""The line commands: data on stdout, narration on stderr, an exit code that says how it went."""
