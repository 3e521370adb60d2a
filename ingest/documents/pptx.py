"""The text of slides (PowerPoint, ECMA-376), in their order."""

from collections.abc import Mapping

from ingest.documents.drawing import Drawing
from ingest.documents.model import Problem, Read, Unreadable
from ingest.documents.package import Package, Target, parsed
from ingest.documents.writer import Writer
from ingest.limits import Limits


class _Slides(Target):
    """Takes presentation.xml: the relation ids of the slides in their order."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sldId":
            self.ids.append(attributes.get("id", ""))


def read(package: Package, limits: Limits) -> Read:
    """The words of every slide. Raises Unreadable where there are none to read."""
    name = package.main_part("ppt/presentation.xml")
    if name not in package:
        raise Unreadable("document-broken", "no presentation in it")
    order = _Slides()
    problems: list[Problem] = list(parsed(package, name, order))
    related = package.relations(name)
    writer = Writer(limits.document_text)
    for id_ in order.ids[: limits.document_pages]:
        problems += parsed(package, related.get(id_, ("", ""))[1], Drawing(writer))
        if problems:
            break
    if len(order.ids) > limits.document_pages:
        problems.append(("limit-document-pages", f"{len(order.ids)} slides, {limits.document_pages} read"))
    return Read(writer.blocks(), tuple(problems))
