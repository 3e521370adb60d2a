"""What an office is called."""


def office_name(municipality: str, place: str | None) -> str:
    """Its municipality, and its place where that is another word."""
    return f"{municipality} {place}" if place and place != municipality else municipality
