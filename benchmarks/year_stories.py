"""The stories of an invented year: offices, landlords, ministries, chains, lists, addresses, promises kept and not."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from benchmarks.year_letters import FOLD, Letter, Party, Said, Writer, forwarded, words

# Places with an office, and places in them by another name.
OFFICES = ["Boden", "Borgholm", "Filipstad", "Finspång", "Laholm", "Nynäshamn", "Åre", "Askersund", "Lysekil", "Nordmaling",
           "Stenungsund", "Tingsryd", "Växjö", "Ånge", "Östhammar", "Linköping", "Norrköping", "Eskilstuna", "Järfälla"]  # fmt: skip
TOWNS = ["Stockholm", "Göteborg", "Malmö", "Uppsala", "Linköping", "Norrköping", "Jönköping"]
OUR_SIGN = ["Statens servicecenter\nBox 1102, 801 35 Gävle", "Statens servicecenter\nFE 95, 838 73 Frösön",
            "Projektledare\nStatens servicecenter\nSankt Eriksgatan 117\n113 43 Stockholm"]  # fmt: skip


def domain(place: str) -> str:
    return f"{place.lower().translate(FOLD)}.se"


class Year(Writer):
    """One invented year."""

    def __init__(self, seed: int, part: str) -> None:
        super().__init__(seed, part)
        self.ours = [self.party("statenssc.se", self.random.choice(OUR_SIGN)) for _ in range(6)]
        self._things: set[tuple[str, str]] = set()
        self.officials = {place: [self._official(place) for _ in range(3)] for place in OFFICES}

    def _official(self, place: str) -> Party:
        title = self.random.choice(words()["titles"])
        return self.party(domain(place), f"{title}\n{place}s kommun\n123 45 {place.upper()}")

    def us(self) -> Party:
        return self.random.choice(self.ours)

    def official(self, place: str) -> Party:
        return self.random.choice(self.officials[place])

    def landlord(self) -> Party:
        house = self.random.choice(words()["houses"])
        town = self.random.choice(TOWNS)
        name = house.capitalize()
        return self.party(
            f"{house}{self.random.randrange(90)}.example", f"{name} AB\nKungsgatan 9\n111 43 {town}"
        )

    def place(self) -> str:
        return self.random.choice(OFFICES)

    def thing(self, place: str) -> str:
        """What a promise is about: at one office each thing once, so that nothing is kept by another story."""
        free = [one for one in self.words["things"] if (place, one) not in self._things]
        thing = self.random.choice(free or self.words["things"])
        self._things.add((place, thing))
        return thing

    def free(self, place: str) -> int:
        """How many things nobody has promised or asked for there."""
        return sum((place, one) not in self._things for one in self.words["things"])

    def case(self, place: str) -> str:
        """A subject of one story alone."""
        street = f"{self.random.choice(words()['streets'])} {self.random.randint(1, 90)}"
        return f"{self.pick('subjects_place', place=place)}, {street}"

    def within(self, days: int) -> timedelta:
        return timedelta(days=self.random.randint(1, days), hours=self.random.randint(0, 3))


# ---- which office


def with_a_municipality(year: Year) -> None:
    place, us = year.place(), year.us()
    them, at = year.official(place), year.day()
    first = year.letter(
        us,
        [them],
        year.pick("subjects_place", place=place),
        [year.pick("about", place=place)],
        at,
        offices=[place],
    )
    second = year.letter(
        them, [us], "", [year.pick("bare")], at + year.within(5), answers=first, offices=[place]
    )
    year.letter(
        us, [them], "", [year.pick("bare")], second.at + year.within(5), answers=second, offices=[place]
    )


def with_a_landlord(year: Year) -> None:
    """The landlord's own town is another; the reply names nothing."""
    place, us, them = year.place(), year.us(), year.landlord()
    first = year.letter(
        them, [us], year.pick("subjects_bare"), [year.pick("about", place=place)], year.day(), offices=[place]
    )
    year.letter(
        us, [them], "", [year.pick("bare")], first.at + year.within(5), answers=first, offices=[place]
    )


def a_landlord_that_staff_knows(year: Year) -> None:
    """The first letter names no place; staff connect it, and those that come after it are connected."""
    place, us, them = year.place(), year.us(), year.landlord()
    at = year.day(3)
    year.letter(
        them, [us], year.pick("subjects_bare"), [year.pick("bare")], at, offices=[place], decided=place
    )
    for _ in range(3):
        at += year.within(30)
        one = year.letter(
            them, [year.us()], year.pick("subjects_bare"), [year.pick("bare")], at, offices=[place]
        )
    year.letter(us, [them], "", [year.pick("bare")], at + timedelta(days=1), answers=one, offices=[place])
    colleague = year.party(them.address.partition("@")[2], them.sign)
    year.letter(
        colleague, [us], year.pick("subjects_bare"), [year.pick("bare")], at + year.within(9), offices=[place]
    )


def among_us(year: Year) -> None:
    one, two = year.random.sample(OFFICES, 2)
    us, you = year.random.sample(year.ours, 2)
    first = year.letter(
        us,
        [you],
        year.pick("subjects_bare"),
        [year.pick("twos", one=one, two=two)],
        year.day(),
        offices=[one, two],
    )
    year.letter(
        you, [us], "", [year.pick("bare")], first.at + year.within(3), answers=first, offices=[one, two]
    )


def a_status(year: Year) -> None:
    """A sentence or two for each of several offices."""
    us, you = year.random.sample(year.ours, 2)
    some = year.random.sample(OFFICES, year.random.randint(4, 7))
    year.letter(
        us, [you], "Läget", [year.pick("about", place=place) for place in some], year.day(), offices=some
    )


def a_list_of_all(year: Year) -> None:
    us, you = year.random.sample(year.ours, 2)
    some = year.random.sample(OFFICES, year.random.randint(6, 18))
    places = f"{', '.join(some[:-1])} och {some[-1]}"
    first = year.letter(
        us, [you], year.pick("subjects_bare"), [year.pick("lists", places=places)], year.day()
    )
    year.letter(you, [us], "", [year.pick("bare")], first.at + year.within(3), answers=first)


def a_list_line_by_line(year: Year) -> None:
    us, you = year.random.sample(year.ours, 2)
    some = year.random.sample(OFFICES, 12)
    year.letter(us, [you], "Planen", ["Här är listan:", *(f"- {place}" for place in some)], year.day())


def a_list_sent_to_one(year: Year) -> None:
    place, us = year.place(), year.us()
    some = [place, *year.random.sample([one for one in OFFICES if one != place], 7)]
    places = f"{', '.join(some[:-1])} och {some[-1]}"
    year.letter(
        us,
        [year.official(place)],
        "Information om uppdraget",
        [year.pick("lists", places=places)],
        year.day(),
        offices=[place],
    )


def from_the_ministry(year: Year) -> None:
    them = year.party(
        "regeringskansliet.se", "Departementssekreterare\nFinansdepartementet\n103 33 Stockholm"
    )
    us, general = year.us(), year.pick("general")
    first = year.letter(them, [us], "Uppdraget", [general], year.day(), said=[Said(general, None)])
    year.letter(us, [them], "", [year.pick("bare")], first.at + year.within(5), answers=first)


def from_another_agency(year: Year) -> None:
    house = year.random.choice(
        ["forsakringskassan.se", "skatteverket.se", "pensionsmyndigheten.se", "arbetsformedlingen.se"]
    )
    them = year.party(
        house, "Samordnare\nBesöksadress: Klarabergsgatan 3, 111 21 Stockholm\nPostadress: 103 51 Stockholm"
    )
    year.letter(them, [year.us()], year.pick("subjects_bare"), [year.pick("general")], year.day())


def another_agency_about_one(year: Year) -> None:
    place = year.place()
    them = year.party("skatteverket.se", "Samordnare\nSkatteverket, 171 94 Solna")
    year.letter(
        them,
        [year.us()],
        year.pick("subjects_place", place=place),
        [year.pick("general")],
        year.day(),
        offices=[place],
    )


def something_in_passing(year: Year) -> None:
    """An official names another town without meaning its office."""
    place = year.random.choice([one for one in OFFICES if one not in TOWNS])
    aside = year.pick("asides", place=year.random.choice(TOWNS))
    year.letter(
        year.official(place),
        [year.us()],
        year.pick("subjects_bare"),
        [aside, year.pick("bare")],
        year.day(),
        offices=[place],
    )


def in_passing_among_us(year: Year) -> None:
    us, you = year.random.sample(year.ours, 2)
    aside = year.pick("asides", place=year.random.choice(TOWNS))
    year.letter(us, [you], year.pick("subjects_bare"), [aside, year.pick("general")], year.day())


def passed_on(year: Year) -> None:
    """A landlord's letter about one place, passed on among us without a word about it."""
    place, them = year.place(), year.landlord()
    us, you = year.random.sample(year.ours, 2)
    at = year.day()
    inner = Letter(
        "<x>", them, [us], "Erbjudande", year.pick("about", place=place) + f"\n\nMvh\n{them.name}\n", at
    )
    year.letter(
        us,
        [you],
        "VB: Erbjudande",
        [year.random.choice(["Se nedan.", "FYI", "För kännedom."])],
        at + timedelta(hours=2),
        offices=[place],
        quoting=forwarded(inner),
    )


def passed_on_by_the_registrar(year: Year) -> None:
    place, us = year.place(), year.us()
    desk = Party(f"{place}s kommun", f"kommun@{domain(place)}")
    inner = Letter(
        "<x>",
        us,
        [desk],
        "Förfrågan",
        year.pick("about", place=place) + f"\n\n{us.name}\nStatens servicecenter\n",
        year.day(),
    )
    year.letter(
        desk,
        [year.official(place), us],
        "VB: Förfrågan",
        ["Hej, vi skickar detta vidare till rätt handläggare."],
        inner.at + timedelta(days=1),
        offices=[place],
        quoting=forwarded(inner),
    )


def off_topic(year: Year) -> None:
    them = Party("Kontorsvaror Direkt", "order@kontorsvaror.example", "Box 7, 602 10 Norrköping")
    year.letter(
        them,
        [year.us()],
        "Din order",
        ["Tack för din beställning. Leverans sker inom tre dagar."],
        year.day(),
    )


def a_newsletter(year: Year) -> None:
    them = Party("Dagens Förvaltning", "nyhetsbrev@forvaltningsnytt.example")
    place = year.place()
    year.letter(them, [year.us()], f"Nyheter: {place} satsar", [f"I {place} öppnar snart en ny simhall."], year.day(),
                headers={"List-Unsubscribe": "<mailto:av@forvaltningsnytt.example>", "Precedence": "bulk"})  # fmt: skip


def out_of_office(year: Year) -> None:
    place, us = year.place(), year.us()
    them, at = year.official(place), year.day()
    first = year.letter(
        us,
        [them],
        year.pick("subjects_place", place=place),
        [year.pick("about", place=place)],
        at,
        offices=[place],
    )
    year.letter(them, [us], "", ["Jag är ledig och återkommer den 9 augusti."], at + timedelta(minutes=90), answers=first, offices=[place],
                headers={"Auto-Submitted": "auto-replied"})  # fmt: skip


def to_several(year: Year) -> None:
    some = year.random.sample(OFFICES, 3)
    year.letter(
        year.us(),
        [year.official(one) for one in some],
        "Gemensamt möte",
        ["Vi vill bjuda in till ett gemensamt möte framöver."],
        year.day(),
        offices=some,
    )


# ---- what was kept

Thing = tuple[str, str, datetime, datetime]


def _window(year: Year, at: datetime) -> tuple[str, datetime, datetime]:
    """Words for a window, and two moments within it."""
    monday = at + timedelta(days=7 * year.random.randint(2, 6) - at.weekday())
    week = monday.isocalendar().week
    friday = monday + timedelta(days=4)
    form = year.random.randrange(3)
    if form == 0:
        return f"vecka {week}", monday + timedelta(days=1), friday
    if form == 1:
        return f"senast den {friday.day} {MONTHS[friday.month]}", friday - timedelta(days=3), friday
    return f"den {friday.day} {MONTHS[friday.month]}", friday, friday + timedelta(hours=2)


MONTHS = [
    "",
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pair(year: Year) -> tuple[str, Party, Party]:
    """A place, who owes and who waits: we or they."""
    place = max(OFFICES, key=lambda one: (year.free(one), year.random.random()))
    pair = [year.us(), year.official(place)]
    year.random.shuffle(pair)
    return place, pair[0], pair[1]


def _puts_off(
    year: Year, debtor: Party, creditor: Party, thing: str, answers: Letter, place: str, at: datetime
) -> Letter:
    """Not yet: what it says of the time to come may be kept later, or not."""
    sentence = _capital(year.pick("puts_off", thing=thing))
    return year.letter(
        debtor, [creditor], "", [sentence], at, answers=answers, offices=[place], said=[Said(sentence, None)]
    )


def _promise(
    year: Year, place: str, debtor: Party, creditor: Party, *, kept: bool
) -> tuple[Letter, str, datetime, datetime]:
    at = year.day(year.random.randint(2, 9))
    when, first, last = _window(year, at)
    thing = year.thing(place)
    sentence = _capital(year.pick("promises", thing=thing, when=when))
    letter = year.letter(debtor, [creditor], year.case(place), [year.pick("about", place=place), sentence], at,
                         offices=[place], said=[Said(sentence, kept)])  # fmt: skip
    return letter, thing, first, last


def a_promise_kept(year: Year) -> None:
    place, debtor, creditor = _pair(year)
    letter, thing, first, _ = _promise(year, place, debtor, creditor, kept=True)
    year.letter(
        debtor,
        [creditor],
        "",
        [_capital(year.pick("kept", thing=thing))],
        first,
        answers=letter,
        offices=[place],
    )


def a_promise_kept_in_a_new_letter(year: Year) -> None:
    """By a colleague, to a colleague, under another subject that names the place."""
    place, debtor, creditor = _pair(year)
    _, thing, first, _ = _promise(year, place, debtor, creditor, kept=True)
    house = debtor.address.partition("@")[2]
    again = year.party(house, debtor.sign)
    to = year.us() if creditor.address.endswith("@statenssc.se") else year.official(place)
    year.letter(
        again,
        [to],
        year.pick("subjects_place", place=place),
        [_capital(year.pick("kept", thing=thing))],
        first,
        offices=[place],
    )


def a_promise_broken(year: Year) -> None:
    place, debtor, creditor = _pair(year)
    letter, _, first, last = _promise(year, place, debtor, creditor, kept=False)
    year.letter(
        creditor,
        [debtor],
        "",
        [year.pick("bare")],
        letter.at + timedelta(days=1),
        answers=letter,
        offices=[place],
    )
    if year.random.random() < 0.5:
        year.letter(
            creditor,
            [debtor],
            "",
            ["Hur går det?"],
            last + timedelta(days=5),
            answers=letter,
            offices=[place],
        )
    del first


def a_promise_put_off(year: Year) -> None:
    place, debtor, creditor = _pair(year)
    letter, thing, first, _ = _promise(year, place, debtor, creditor, kept=False)
    _puts_off(year, debtor, creditor, thing, letter, place, first)


def something_else_in_the_window(year: Year) -> None:
    place, debtor, creditor = _pair(year)
    _, _, first, _ = _promise(year, place, debtor, creditor, kept=False)
    year.letter(debtor, [creditor], "En annan sak", [year.pick("other")], first, offices=[place])


def put_off_and_then_kept(year: Year) -> None:
    place, debtor, creditor = _pair(year)
    letter, thing, first, _ = _promise(year, place, debtor, creditor, kept=True)
    second = _puts_off(year, debtor, creditor, thing, letter, place, first)
    year.letter(
        debtor,
        [creditor],
        "",
        [_capital(year.pick("kept", thing=thing))],
        first + timedelta(days=12),
        answers=second,
        offices=[place],
    )


def _request(year: Year, *, kept: bool) -> tuple[str, Party, Party, Letter, str, datetime]:
    place, asks, owes = _pair(year)
    at = year.day(year.random.randint(2, 9))
    when, first, _ = _window(year, at)
    thing = year.thing(place)
    sentence = year.pick("requests", thing=thing, when=when)
    letter = year.letter(asks, [owes], year.case(place), [year.pick("about", place=place), sentence], at,
                         offices=[place], said=[Said(sentence, kept)])  # fmt: skip
    return place, asks, owes, letter, thing, first


def a_request_met(year: Year) -> None:
    place, asks, owes, letter, thing, first = _request(year, kept=True)
    year.letter(
        owes, [asks], "", [_capital(year.pick("kept", thing=thing))], first, answers=letter, offices=[place]
    )


def a_request_met_by_a_colleague(year: Year) -> None:
    place, asks, owes, letter, thing, first = _request(year, kept=True)
    again = year.party(owes.address.partition("@")[2], owes.sign)
    middle = year.letter(owes, [asks, again], "", ["Jag lämnar över till min kollega."], letter.at + timedelta(days=1), answers=letter, offices=[place],
                         said=[Said("Jag lämnar över till min kollega.", None)])  # fmt: skip
    year.letter(
        again, [asks], "", [_capital(year.pick("kept", thing=thing))], first, answers=middle, offices=[place]
    )


def a_request_put_off(year: Year) -> None:
    place, asks, owes, letter, thing, first = _request(year, kept=False)
    _puts_off(year, owes, asks, thing, letter, place, first)


def a_question(year: Year) -> None:
    place, asks, owes = _pair(year)
    number = year.random.randrange(3)
    sentence = year.words["questions"][number]
    answered = year.random.random() < 0.7
    letter = year.letter(asks, [owes], year.case(place), [year.pick("about", place=place), sentence], year.day(),
                         offices=[place], said=[Said(sentence, answered)])  # fmt: skip
    reply = year.words["answers"][number] if answered else "Bra fråga, det ska jag ta reda på."
    year.letter(owes, [asks], "", [reply], letter.at + year.within(9), answers=letter, offices=[place])


STORIES: list[tuple[Callable[[Year], None], int]] = [
    (with_a_municipality, 12), (with_a_landlord, 10), (a_landlord_that_staff_knows, 4), (among_us, 6), (a_status, 4), (a_list_of_all, 5),
    (a_list_line_by_line, 2), (a_list_sent_to_one, 3), (from_the_ministry, 5), (from_another_agency, 5), (another_agency_about_one, 4),
    (something_in_passing, 12), (in_passing_among_us, 6), (passed_on, 6), (passed_on_by_the_registrar, 4), (off_topic, 5),
    (a_newsletter, 4), (out_of_office, 5), (to_several, 4), (a_promise_kept, 24), (a_promise_kept_in_a_new_letter, 16),
    (a_promise_broken, 14), (a_promise_put_off, 10), (something_else_in_the_window, 10), (put_off_and_then_kept, 8),
    (a_request_met, 16), (a_request_met_by_a_colleague, 8), (a_request_put_off, 10), (a_question, 14),
]  # fmt: skip


def invent(seed: int, part: str) -> Sequence[Letter]:
    """A year of letters, oldest first: `part` dev or held."""
    year = Year(seed, part)
    for story, times in STORIES:
        for _ in range(times):
            story(year)
    return sorted(year.letters, key=lambda one: one.at)
