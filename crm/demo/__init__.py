"""A demonstration: an invented mailbox on a real IMAP server of this machine."""

from crm.demo.mailbox import PASSWORD, SENT, USER, DemoMail, load_mails
from crm.demo.server import DemoServer, serve

__all__ = ["PASSWORD", "SENT", "USER", "DemoMail", "DemoServer", "load_mails", "serve"]
