"""Settings of retention: how long mail of a kind is kept, and by which decision it is disposed of."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator


class RetentionClass(BaseModel):
    """Mail that was judged in one way. Without the number of a decision nothing of it is ever removed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=60)
    judged: Literal["minor", "ordered", "not_public"]
    keep_days: int = Field(ge=1, le=36_500)
    decision: str | None = Field(None, max_length=200)

    @field_validator("name", "decision")
    @classmethod
    def _one_line(cls, text: str | None) -> str | None:
        if text is None:
            return None
        said = " ".join(text.split())
        if not said or not said.isprintable():
            raise ValueError("it is empty, or holds signs that nobody sees")
        return said


class RetentionSettings(BaseModel):
    retention: tuple[RetentionClass, ...] = Field(
        (),
        description="Retention classes, a table [[retention]] each: name, judged (minor, ordered or not_public), keep_days, decision",
    )

    @field_validator("retention")
    @classmethod
    def _once(cls, classes: tuple[RetentionClass, ...]) -> tuple[RetentionClass, ...]:
        for what in ("name", "judged"):
            if len({getattr(one, what).casefold() for one in classes}) < len(classes):
                raise ValueError(f"two classes have the same {what}")
        return classes
