"""One mail → the tree of messages that it carries: header blocks, attribution lines, quotes, attached mails."""

from ingest.chain.dates import parse_header_date
from ingest.chain.signature import signature_start
from ingest.chain.tree import unfold

__all__ = ["parse_header_date", "signature_start", "unfold"]
