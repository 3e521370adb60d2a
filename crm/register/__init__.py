"""The register: how messages are judged for the diary, what waits to be judged, and what the registrar is handed.

The diary itself is another system. A machine suggests, a person judges.
"""
