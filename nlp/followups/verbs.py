"""The verbs of follow-ups as a table: add a row, and the rules know it.

A row: `infinitive present preterite supine imperative`; an infinitive alone is of the first conjugation
(kolla, kollar, kollade, kollat, kolla). After `|` stand the words of which one must stand by the verb in
the same clause (ta … fram, lämna … besked). The frame says what kind of promise the verb makes:

- contact: to get in touch again; a follow-up even without a day ("jag återkommer inom kort")
- deliver: something reaches the other party
- act: something is done or looked into
- report: an account that an authority is bound to give ("uppdraget ska redovisas")
- meet: people come together
"""

from dataclasses import dataclass
from typing import Literal

Frame = Literal["contact", "deliver", "act", "report", "meet"]
Tense = Literal["infinitive", "present", "past", "supine", "imperative", "passive"]

_CONTACT = """
återkomma återkommer återkom återkommit återkom
återkoppla
höra hör hörde hört hör | av ifrån
svara
besvara
meddela
informera
kontakta
underrätta
bekräfta
maila
mejla
ringa ringer ringde ringt ring
skriva skriver skrev skrivit skriv | till
delge delger delgav delgett delge
ge ger gav gett ge | besked svar återkoppling information synpunkter klartecken förslag tider uppdatering synpunkt lista bild
lämna | besked svar återkoppling information synpunkter meddelande förslag offert uppgifter yttrande anbud remissvar ställningstagande upplysning
tillskriva tillskriver tillskrev tillskrivit tillskriv
uppdatera | er dig oss mig
ta tar tog tagit ta | kontakt
ge ger gav gett ge | ljud signal vink
komma kommer kom kommit kom | tillbaka
slå slår slog slagit slå | signal pling
messa
orientera | er dig oss mig
avisera
förmedla
kommentera
förvarna
hojta | till
skriva skriver skrev skrivit skriv | rad
tala | om
efterhöra efterhör efterhörde efterhört efterhör
upplysa upplyser upplyste upplyst upplys
"""

_DELIVER = """
skicka
sända sänder sände sänt sänd
översända översänder översände översänt översänd
tillsända tillsänder tillsände tillsänt tillsänd
vidarebefordra
skanna
förse förser försåg försett förse | oss mig er dig
scanna
leverera
lämna | över in underlag fram ritningar dokument avtal anmälan ansökan lista nycklar nyckel ut beställning rapport bidrag intyg
överlämna
inlämna
presentera
komplettera
inkomma inkommer inkom inkommit inkom
komma kommer kom kommit kom | in
distribuera
dela | med ut underlag dokument utkast utkastet förslag filen länk länken presentation presentationen
returnera
tillhandahålla tillhandahåller tillhandahöll tillhandahållit tillhandahåll
ta tar tog tagit ta | fram
lägga lägger lade lagt lägg | fram upp posten internposten brevlådan
ställa ställer ställde ställt ställ | samman ut
sammanställa sammanställer sammanställde sammanställt sammanställ
upprätta
utarbeta
betala
fakturera
publicera
slutleverera
godkänna godkänner godkände godkänt godkänn
attestera
förtydliga
precisera
motivera
visa
upplysa upplyser upplyste upplyst upplys
sätta sätter satte satt sätt | upp ihop
mejla | över
maila | över
posta
faxa
föreslå föreslår föreslog föreslagit föreslå
välja väljer valde valt välj
markera
notera | tiden
reservera
räkna | upp
ställa ställer ställde ställt ställ | till
lämna | offert bidrag tillbaka redovisning redovisningen delrapport slutrapport budgetunderlag kalkyl siffror kommentarer
redovisa
beskriva beskriver beskrev beskrivit beskriv
klargöra klargör klargjorde klargjort klargör
kontrollera
färdigställa färdigställer färdigställde färdigställt färdigställ
slutföra slutför slutförde slutfört slutför
avgöra avgör avgjorde avgjort avgör
verkställa verkställer verkställde verkställt verkställ
ha har hade haft ha | klart klar klara färdigt färdig
utse utser utsåg utsett utse
hjälpa hjälper hjälpte hjälpt hjälp
hyra hyr hyrde hyrt hyr | in ut
låta låter lät låtit låt | veta
redogöra redogör redogjorde redogjort redogör
lansera
signera
underteckna
teckna
skriva skriver skrev skrivit skriv | under på fram in
fylla fyller fyllde fyllt fyll | i
anmäla anmäler anmälde anmält anmäl
ansöka ansöker ansökte ansökt ansök
ange anger angav angett ange
lämna | på till specifikation specifikationen plan planen
få får fick fått få | fram
få får fick fått få | klart klar klara färdigt färdig
ordna
fixa
beställa beställer beställde beställt beställ
mata | in
ladda | upp
rösta
registrera
återsända återsänder återsände återsänt återsänd
insända insänder insände insänt insänd
eftersända eftersänder eftersände eftersänt eftersänd
återlämna
inrapportera
utforma
formulera
författa
revidera
uppdatera
omarbeta
specificera
konkretisera
utveckla
redigera
bearbeta
rita
skissa
kopiera
dokumentera
översätta översätter översatte översatt översätt
tillställa tillställer tillställde tillställt tillställ
offerera
prissätta prissätter prissatte prissatt prissätt
summera
föranmäla föranmäler föranmälde föranmält föranmäl
nominera
namnge namnger namngav namngett namnge
märka märker märkte märkt märk
motta mottar mottog mottagit motta
stryka stryker strök strukit stryk
lägga lägger lade lagt lägg | till
slänga slänger slängde slängt släng | öga
uppge uppger uppgav uppgett uppge
erlägga erlägger erlade erlagt erlägg
kvittera
plocka | fram ihop
leta | fram upp rätt
söka söker sökte sökt sök | fram
söka söker sökte sökt sök | bygglov tillstånd
peka | ut
droppa | in
knyta knyter knöt knutit knyt | ihop
skissa | på
reda reder redde rett red | ut
dra drar drog dragit dra | ihop fram
redovisa
inge inger ingav ingett inge
avlämna
bilägga bilägger bilade bilagt bilägg
intyga
acceptera
tacka | ja nej
avböja avböjer avböjde avböjt avböj
förse förser försåg försett förse
"""

_ACT = """
kolla
dubbelkolla
dubbelchecka
checka
undersöka undersöker undersökte undersökt undersök
utreda utreder utredde utrett utred
se ser såg sett se | över till
titta
granska
gå går gick gått gå | igenom vidare ut
stämma stämmer stämde stämt stäm | av
följa följer följde följt följ | upp
ta tar tog tagit ta | själv upp kontakt detta vidare reda beslut ställning ut hand frågan med in initiativ bort emot
lyfta lyfter lyfte lyft lyft
boka
kalla | till er dig oss
bjuda bjuder bjöd bjudit bjud | in
förbereda förbereder förberedde förberett förbered
göra gör gjorde gjort gör
utföra utför utförde utfört utför
genomföra genomför genomförde genomfört genomför
handlägga handlägger handlade handlagt handlägg
hantera
behandla
besikta
besiktiga
mäta mäter mätte mätt mät
åtgärda
reparera
byta byter bytte bytt byt
rätta
justera
korrigera
ändra
diskutera
bereda bereder beredde berett bered
besluta
fatta | beslut
bestämma bestämmer bestämde bestämt bestäm
prata | med
tala | med
fråga frågar frågade frågat fråga
söka söker sökte sökt sök
planera | in
utse utser utsåg utsett utse
anordna
arrangera
samordna
förankra
analysera
bedöma bedömer bedömde bedömt bedöm
pröva
hämta
avsluta
initiera
testa
räkna | på fram
kartlägga kartlägger kartlade kartlagt kartlägg
inventera
verifiera
säkerställa säkerställer säkerställde säkerställt säkerställ
dra drar drog dragit dra | igång
sätta sätter satte satt sätt | upp igång
lägga lägger lade lagt lägg | in ut
läsa läser läste läst läs | igenom
samråda samråder samrådde samrått samråd
ställa ställer ställde ställt ställ | frågan
ombesörja ombesörjer ombesörjde ombesörjt ombesörj
avropa
upphandla
utvärdera
anlita
begära begär begärde begärt begär
yttra
tycka tycker tyckte tyckt tyck | till
delta deltar deltog deltagit delta
medverka
lösa löser löste löst lös
svara | för
påminna påminner påminde påmint påminn
installera
bli blir blev blivit bli | klar klara färdig färdiga
kika
återuppta återupptar återupptog återupptagit återuppta
fortsätta fortsätter fortsatte fortsatt fortsätt | dialogen arbetet diskussionen samtalet
höra hör hörde hört hör | med
fundera
tänka tänker tänkte tänkt tänk | över igenom
överväga överväger övervägde övervägt överväg
städa
montera
lova
rådgöra rådgör rådgjorde rådgjort rådgör
konsultera
rådfråga rådfrågar rådfrågade rådfrågat rådfråga
forska
processa
sköta sköter skötte skött sköt
ansvara | för
laga
måla
rensa
felsöka felsöker felsökte felsökt felsök
demontera
bevaka
driva driver drev drivit driv
påskynda
beräkna
värdera
koordinera
schemalägga schemalägger schemalade schemalagt schemalägg
avboka
omboka
makulera
annullera
bistå bistår bistod bistått bistå
stötta
assistera
koppla | in på
ansluta ansluter anslöt anslutit anslut
aktivera
beakta
tillse tillser tillsåg tillsett tillse
tillgodose tillgodoser tillgodosåg tillgodosett tillgodose
anpassa
förlänga förlänger förlängde förlängt förläng
jämföra jämför jämförde jämfört jämför
driva driver drev drivit driv | vidare
ta tar tog tagit ta | hand dialog ansvar höjd hänsyn
få får fick fått få | ordning
gå går gick gått gå | vidare genom till
stämma stämmer stämde stämt stäm | av
sondera
kontrollmäta kontrollmäter kontrollmätte kontrollmätt kontrollmät
kontrollräkna
provtrycka provtrycker provtryckte provtryckt provtryck
borra
dra drar drog dragit dra | in fram
spika | datum
"""

_REPORT = """
redovisa
delredovisa
slutredovisa
rapportera
slutrapportera
delrapportera
återrapportera
avrapportera
besluta
fastställa fastställer fastställde fastställt fastställ
"""

_MEET = """
ses ses sågs setts ses
träffas träffas träffades träffats träffas
träffa
mötas möts möttes mötts möts
höras hörs hördes hörts hörs
besöka besöker besökte besökt besök
sammanträffa
hälsa | på
komma kommer kom kommit kom | förbi ut upp ner över hem
sitta sitter satt suttit sitt | ner ned
syna
"""


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a word as a verb; `needs` are words of which one must follow it, if any."""

    lemma: str
    frame: Frame
    tense: Tense
    needs: frozenset[str]


def _conjugate(row: str) -> tuple[str, str, str, str, str]:
    words = row.split()
    if len(words) == 1:
        verb = words[0]
        return verb, verb + "r", verb + "de", verb + "t", verb
    infinitive, present, past, supine, imperative = words
    return infinitive, present, past, supine, imperative


def _passives(infinitive: str, present: str) -> set[str]:
    """Both s-forms: besvara → besvaras; sända → sändas, sänds, sändes."""
    if infinitive.endswith("s"):
        return set()
    return {infinitive + "s", present[:-2] + "s"} if present.endswith("er") else {infinitive + "s"}


def _verb_table() -> dict[str, tuple[VerbForm, ...]]:
    table: dict[str, list[VerbForm]] = {}
    blocks: tuple[tuple[Frame, str], ...] = (
        ("report", _REPORT),
        ("contact", _CONTACT),
        ("deliver", _DELIVER),
        ("act", _ACT),
        ("meet", _MEET),
    )
    for frame, block in blocks:
        for line in block.strip().splitlines():
            row, _, needs = line.partition("|")
            parts = _conjugate(row)
            wanted = frozenset(needs.split())
            tenses: tuple[Tense, ...] = ("infinitive", "present", "past", "supine", "imperative")
            for word, tense in zip(parts, tenses, strict=True):
                _enter(table.setdefault(word, []), VerbForm(parts[0], frame, tense, wanted))
            for word in _passives(parts[0], parts[1]):
                _enter(table.setdefault(word, []), VerbForm(parts[0], frame, "passive", wanted))
    return {word: tuple(forms) for word, forms in table.items()}


def _enter(forms: list[VerbForm], form: VerbForm) -> None:
    """A form; rows of one verb in one frame are one form that any of their words completes."""
    for at, known in enumerate(forms):
        if (known.lemma, known.frame, known.tense) == (form.lemma, form.frame, form.tense):
            needs = known.needs | form.needs if known.needs and form.needs else frozenset[str]()
            forms[at] = VerbForm(form.lemma, form.frame, form.tense, needs)
            return
    forms.append(form)


VERBS = _verb_table()
