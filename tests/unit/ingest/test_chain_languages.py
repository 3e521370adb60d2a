"""One message quoted or forwarded by programs in many languages: the shapes of their header blocks and attributions."""

from dataclasses import dataclass

import pytest

from ingest.chain import unfold
from ingest.model import Mailbox, ParsedMail

ULLA = "Ulla Berg|ulla@x.example"


@dataclass(frozen=True)
class Shape:
    """A text within a mail of this subject, and all that its embedded message has to be."""

    name: str
    outer: str
    text: str
    kind: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str | None
    date: str | None
    date_text: str | None


SHAPES = [
    Shape("outlook sv label colon spacing Skickat first", "SV: x", "Ok\n\nSkickat: den 2 september 2021 07:00\nFrån: Ulla Berg <ulla@x.example>\nTill: Per <per@x.example>\nÄmne: Lokal\n\nHej", "quoted", ULLA, ("Per|per@x.example", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "den 2 september 2021 07:00"),
    Shape("Le 2 sept", "Re: x", "Ok\n\nLe jeu. 2 sept. 2021 à 07:00, Ulla Berg <ulla@x.example> a\nécrit :\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "jeu. 2 sept. 2021 à 07:00"),
    Shape("pt", "Re: x", "Ok\n\nEm qui., 2 de set. de 2021 às 07:00, Ulla Berg <ulla@x.example> escreveu:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "qui., 2 de set. de 2021 às 07:00"),
    Shape("tr", "Re: x", "Ok\n\nUlla Berg <ulla@x.example>, 2 Eyl 2021 Per, 07:00 tarihinde şunu yazdı:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "2 Eyl 2021 Per, 07:00"),
    Shape("hu", "Re: x", "Ok\n\nUlla Berg <ulla@x.example> ezt írta (időpont: 2021. szept. 2., Cs, 7:00):\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "2021. szept. 2., Cs, 7:00"),
    Shape("ja", "Re: x", "Ok\n\n2021年9月2日(木) 7:00 Ulla Berg <ulla@x.example>:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "2021年9月2日(木) 7:00"),
    Shape("ru", "Re: x", "Ok\n\nчт, 2 сент. 2021 г. в 07:00, Ulla Berg <ulla@x.example>:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "чт, 2 сент. 2021 г. в 07:00"),
    Shape("yandex", "Re: x", 'Ok\n\n02.09.2021, 07:00, "Ulla Berg" <ulla@x.example>:\n\nHej', "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "02.09.2021, 07:00"),
    Shape("cs", "Re: x", "Ok\n\nDne čt 2. 9. 2021 7:00 uživatel Ulla Berg <ulla@x.example> napsal:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "čt 2. 9. 2021 7:00"),
    Shape("de gmail", "Re: x", "Ok\n\nAm Do., 2. Sept. 2021 um 07:00 Uhr schrieb Ulla Berg <ulla@x.example>:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "Do., 2. Sept. 2021 um 07:00"),
    Shape("nl apple", "Re: x", "Ok\n\n> Op 2 sep. 2021 om 07:00 heeft Ulla Berg <ulla@x.example> het volgende geschreven:\n> \n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "2 sep. 2021 om 07:00"),
    Shape("da apple", "Re: x", "Ok\n\n> Den 2. sep. 2021 kl. 07.00 skrev Ulla Berg <ulla@x.example>:\n> \n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "2. sep. 2021 kl. 07.00"),
    Shape("no outlook.com", "Re: x", "Ok\n\nPå 2. september 2021 kl. 07:00:10, Ulla Berg (ulla@x.example) skrev:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:10+02:00", "2. september 2021 kl. 07:00:10"),
    Shape("mailmate", "Re: x", "Ok\n\nOn 2 Sep 2021, at 7:00, Ulla Berg wrote:\n\n> Hej", "quoted", "Ulla Berg|", (), (), None, "2021-09-02T07:00:00+02:00", "2 Sep 2021, at 7:00"),
    Shape("missive", "Re: x", "Ok\n\nOn September 2 2021, at 7:00 am, Ulla Berg <ulla@x.example> wrote:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "September 2 2021, at 7:00 am"),
    Shape("hubspot", "Re: x", "Ok\n\nOn Thu, Sep 2, 2021 at 7:00 AM, Ulla Berg <ulla@x.example> wrote:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "Thu, Sep 2, 2021 at 7:00 AM"),
    Shape("aol", "Re: x", "Ok\n\n-----Original Message-----\nFrom: Ulla Berg <ulla@x.example>\nTo: per@x.example\nSent: Thu, Sep 2, 2021 7:00 am\nSubject: Lokal\n\n\nHej", "quoted", ULLA, ("|per@x.example", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "Thu, Sep 2, 2021 7:00 am"),
    Shape("with cc mention", "Re: x", "Ok\n\nOn Thu, 2 Sep 2021 07:00:00 +0200\nUlla Berg <ulla@x.example> wrote:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "Thu, 2 Sep 2021 07:00:00 +0200"),
    Shape("gnus", "Re: x", "Ok\n\nUlla Berg <ulla@x.example> writes:\n\n> Hej\n> hå", "quoted", ULLA, (), (), None, None, None),
    Shape("comma name", "Re: x", "Ok\n\nDen tors 2 sep. 2021 kl 07:00 skrev Berg, Ulla <ulla@x.example>:\n\n> Hej", "quoted", "Berg, Ulla|ulla@x.example", (), (), None, "2021-09-02T07:00:00+02:00", "tors 2 sep. 2021 kl 07:00"),
    Shape("long org", "Re: x", "Ok\n\nDen tors 2 sep. 2021 kl 07:00 skrev Ulla Berg (Statens servicecenter, Division\nMedborgarservice) <ulla@x.example>:\n\n> Hej", "quoted", "Ulla Berg (Statens servicecenter, Division Medborgarservice)|ulla@x.example", (), (), None, "2021-09-02T07:00:00+02:00", "tors 2 sep. 2021 kl 07:00"),
    Shape("indented 2", "Re: x", "Ok\n\n  Den 2 september 2021 07:00 skrev Ulla Berg <ulla@x.example>:\n\n    Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "2 september 2021 07:00"),
    Shape("outlook es", "RV: x", "De: Ulla Berg <ulla@x.example>\nEnviado el: jueves, 2 de septiembre de 2021 7:00\nPara: Per <per@x.example>\nCC: Bo <bo@x.example>\nAsunto: Lokal\n\nHej", "forwarded", ULLA, ("Per|per@x.example", ), ("Bo|bo@x.example", ), "Lokal", "2021-09-02T07:00:00+02:00", "jueves, 2 de septiembre de 2021 7:00"),
    Shape("outlook it", "I: x", "Da: Ulla Berg <ulla@x.example>\nInviato: giovedì 2 settembre 2021 07:00\nA: Per <per@x.example>\nCc: Bo <bo@x.example>\nOggetto: Lokal\n\nHej", "forwarded", ULLA, ("Per|per@x.example", ), ("Bo|bo@x.example", ), "Lokal", "2021-09-02T07:00:00+02:00", "giovedì 2 settembre 2021 07:00"),
    Shape("outlook pl", "FW: x", "From: Ulla Berg <ulla@x.example>\nSent: czwartek, 2 września 2021 07:00\nTo: Per <per@x.example>\nSubject: Lokal\n\nHej", "forwarded", ULLA, ("Per|per@x.example", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "czwartek, 2 września 2021 07:00"),
    Shape("outlook ru", "FW: x", "От: Ulla Berg <ulla@x.example>\nОтправлено: 2 сентября 2021 г. 7:00\nКому: Per <per@x.example>\nТема: Lokal\n\nHej", "forwarded", ULLA, ("Per|per@x.example", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "2 сентября 2021 г. 7:00"),
    Shape("outlook zh", "转发: x", "发件人: Ulla Berg <ulla@x.example>\n发送时间: 2021年9月2日 7:00\n收件人: Per <per@x.example>\n主题: Lokal\n\nHej", "forwarded", ULLA, ("Per|per@x.example", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "2021年9月2日 7:00"),
    Shape("notes fwd", "Fw: x", "Hej\n\n----- Forwarded by Per Ek/ORG on 2021-09-02 08:00 -----\n\nFrom:\tUlla Berg <ulla@x.example>\nTo:\tPer Ek/ORG@ORG\nDate:\t2021-09-02 07:00\nSubject:\tLokal\n\n\n\nHej", "forwarded", ULLA, ("Per Ek/ORG@ORG|", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "2021-09-02 07:00"),
    Shape("groupwise 2", "Re: x", 'Ok\n\n>>> "Ulla Berg" <ulla@x.example> 9/2/2021 7:00 AM >>>\nHej', "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "9/2/2021 7:00 AM"),
    Shape("zimbra en", "Re: x", 'Ok\n\nFrom: "Ulla Berg" <ulla@x.example>\nTo: "Per" <per@x.example>, "Bo Ek" <bo@x.example>\nCc: "registrator" <reg@x.example>\nSent: Thursday, September 2, 2021 7:00:00 AM\nSubject: Lokal\n\nHej', "quoted", ULLA, ("Per|per@x.example", "Bo Ek|bo@x.example" ), ("registrator|reg@x.example", ), "Lokal", "2021-09-02T07:00:00+02:00", "Thursday, September 2, 2021 7:00:00 AM"),
    Shape("sv date only", "x", "Från: Ulla Berg <ulla@x.example>\nDatum: 2 september 2021\nTill: Per\nÄmne: Lokal\n\nHej", "quoted", ULLA, ("Per|", ), (), "Lokal", "2021-09-02T00:00:00+02:00", "2 september 2021"),
    Shape("3 recipients wrapped names", "x", "Från: Berg Ulla <ulla@x.example>\nSkickat: den 2 september 2021 07:00\nTill: Ek Per <per@x.example>; Lind-Åkerström Katarina\n<katarina@x.example>; Al\nBo <bo@x.example>\nÄmne: Lokal\n\nHej", "quoted", "Berg Ulla|ulla@x.example", ("Ek Per|per@x.example", "Lind-Åkerström Katarina|katarina@x.example", "Al Bo|bo@x.example" ), (), "Lokal", "2021-09-02T07:00:00+02:00", "den 2 september 2021 07:00"),
    Shape("names only wrapped", "x", "Från: Berg Ulla\nSkickat: den 2 september 2021 07:00\nTill: Ek Per; Lind Katarina;\nAl Bo\nKopia: Registrator KS; Postlista\nAlla chefer\nÄmne: Lokal\n\nHej", "quoted", "Berg Ulla|", ("Ek Per|", "Lind Katarina|", "Al Bo|" ), ("Registrator KS|", "Postlista Alla chefer|" ), "Lokal", "2021-09-02T07:00:00+02:00", "den 2 september 2021 07:00"),
    Shape("skickat av", "x", "Hej\n\nFrån: Berg Ulla [mailto:ulla@x.example] För Ulla Berg\nSkickat: den 2 september 2021 07:00\nTill: Per\nÄmne: Lokal\n\nHej", "quoted", "Berg Ulla För Ulla Berg|ulla@x.example", ("Per|", ), (), "Lokal", "2021-09-02T07:00:00+02:00", "den 2 september 2021 07:00"),
    Shape("sv kl. dots", "Re: x", "Ok\n\nUlla Berg <ulla@x.example> skrev den tors, 2 sep. 2021 kl. 07.00:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "tors, 2 sep. 2021 kl. 07.00"),
    Shape("sv Ulla at top no colon", "Re: x", "Ok\n\nDen torsdag 2 september 2021 07:00 skrev Ulla Berg <ulla@x.example>\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "torsdag 2 september 2021 07:00"),
    Shape("proton sv", "Re: x", "Ok\n\nDen torsdag 2 september 2021 kl. 07:00, Ulla Berg <ulla@x.example> skrev:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "torsdag 2 september 2021 kl. 07:00"),
    Shape("html link", "Re: x", "Ok\n\nDen tors 2 sep. 2021 kl 07:00 skrev Ulla Berg <ulla@x.example <mailto:ulla@x.example>>:\n\n> Hej", "quoted", ULLA, (), (), None, "2021-09-02T07:00:00+02:00", "tors 2 sep. 2021 kl 07:00"),
    Shape("samsung sv", "Re: x", "Ok\n\n\n-------- Originalmeddelande --------\nFrån: Ulla Berg <ulla@x.example> \nDatum: 2021-09-02  07:00  (GMT+01:00) \nTill: Per <per@x.example> \nRubrik: Lokal \n\nHej", "quoted", ULLA, ("Per|per@x.example", ), (), "Lokal", "2021-09-02T07:00:00+01:00", "2021-09-02 07:00 (GMT+01:00)"),
]  # fmt: skip


def _party(text: str) -> Mailbox:
    name, _, address = text.partition("|")
    return Mailbox(name or None, address or None)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_field(shape: Shape) -> None:
    outer, inner = unfold(ParsedMail("ok", subject=shape.outer, text=shape.text))
    assert outer.body in {"", "Ok", "Hej"}
    assert inner.body.split("\n")[0] == "Hej"
    assert (inner.kind, inner.sender) == (shape.kind, _party(shape.sender))
    assert inner.to == tuple(map(_party, shape.to))
    assert inner.cc == tuple(map(_party, shape.cc))
    assert (inner.subject, inner.date_text) == (shape.subject, shape.date_text)
    assert (inner.date.isoformat() if inner.date else None) == shape.date
