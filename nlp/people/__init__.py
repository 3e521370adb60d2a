"""People: whose name a mailbox bears (`mailboxes`), and whom a text names (`finder`)."""
