"""The domain and the use cases: intake, linking, follow-ups, offices, reminders."""

__version__ = "0.1.0"
