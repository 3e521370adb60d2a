"""The search language: read (`language`), its values understood (`values`), turned into SQL (`conditions`, `plan`)."""
