"""Sets that measure: mails and pairs of letters, all invented, with what is right beside them."""
