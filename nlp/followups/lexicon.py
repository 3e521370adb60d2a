"""The words that follow-ups are read by, as sets: pronouns, auxiliaries, actors, things that are sent, meetings."""

from functools import cache, lru_cache


def words(listed: str) -> frozenset[str]:
    """A set of words that are written one after another."""
    return frozenset(listed.split())


FIRST = words("jag vi undertecknad undertecknade")
SECOND = words("ni du")
THIRD_PRONOUNS = words("han hon de hen dom")
OTHER_SUBJECTS = words("det den man någon något ingen inget detta denna dessa vem alla")
SUBJECTS = FIRST | SECOND | THIRD_PRONOUNS | OTHER_SUBJECTS
YOU = words("er dig ert era din ditt dina eder")
OUR_OWN = words("oss mig")
OUR = words("vår vårt våra min mitt mina")

# Finite auxiliaries that put the verb after them into the future, as a duty or as an intention.
FUTURE = words("""
    ska skall kommer avser planerar räknar hoppas tänker lovar åtar förbinder siktar ämnar får bör måste behöver försöker
    lär återstår föreslår önskar vill kan strävar ber förväntar förväntas
""")
STRONG_DUTY = words("ska skall måste behöver bör får kan ombeds uppmanas skulle")
PLEDGED = words("förbinder lovat åtagit utlovat lovade åtog lovar åtar")
NEGATIONS = words("inte ej icke aldrig varken knappast ingen inget inga inte. ingalunda")
# Words after which a negation is none: "inte förrän i maj", "inte senare än".
LIMITERS = words("förrän senare förräns bara enbart endast")
DOUBTS = words("kanske eventuellt möjligen eventuell eventuella annars")
HABITS = words("""
    alltid varje vanligtvis normalt brukar oftast ofta regelbundet dagligen veckovis årligen månadsvis ibland sällan
    löpande kontinuerligt
""")
# What is done by the very mail that says it.
PERFORMED = words("härmed nu bifogat bifogad bifogas nedan här bilagt")
OTHER_FINITE = words("""
    är var blir blev har hade finns fanns går gick gäller ligger låg heter verkar tycker tror anser vet innebär behövs
    krävs kan kunde vill ville skulle borde måste bör får fick ska skall kommer sker skedde står öppnar öppnade utgår
    utgick passar fungerar undrar hoppas önskar ser såg tar tog löper börjar började pågår förutsätter antar noterar
    förstår uppfattar inväntar avvaktar emotser väntar hittar ingår planerar avser räknar uppstår känner hinner
    behöver håller uppskattar föreslår bjuder välkomnar bor arbetar jobbar betyder gör ställer tänker åtar torde
    vidarebefordrar pratade talade skrev nämnde utlovade lovade sa sade tackar saknar ber bad förväntas förväntar
    ombeds uppmanas anmodas låter lät vore finge funderar upplever efterfrågar söker efterlyser bifogar visar räcker dröjer anges framgår
""")

# Heads of a condition, of a question within, of a clause of time.
CONDITION_LEADS = words("om ifall såvida förutsatt därest huruvida såvitt")
TIME_LEADS = words("när innan medan tills då sedan")
ASKING = words("""
    meddela meddelar veta vet svara svarar besked säg säga kolla kollar undersöka undersöker se bekräfta bekräftar
    undrar undrade fråga frågar höra återkoppla återkopplar informera informerar klargöra avgöra utreda utreder
    synpunkter ställning upplysa ange återkoppling pröva prövar bedöma bedömer svar titta tittar beslutar besluta
    information informationen förslag diskutera
""")

# Who a noun speaks of. The kind is compared with the sender's own and with the recipients'.
ACTORS: dict[str, str] = {
    **dict.fromkeys(
        """kommunen kommunstyrelsen kommunledningen kommunledningskontoret kommunförvaltningen kommunfullmäktige
        kommunkontoret samhällsbyggnadsförvaltningen stadsbyggnadskontoret miljökontoret bygglovsenheten
        kommunstyrelsens stadsledningskontoret förvaltningen nämnden byggnadsnämnden kommun kansliet staden""".split(),
        "municipality",
    ),
    **dict.fromkeys(
        "hyresgästen servicecenter beställaren servicecentret myndigheten ssc servicecenters serviceorganisationen divisionen".split(),
        "agency",
    ),
    **dict.fromkeys(
        "regeringen regeringskansliet departementet finansdepartementet justitiedepartementet infrastrukturdepartementet".split(),
        "ministry",
    ),
    **dict.fromkeys(
        """hyresvärden fastighetsägaren fastighetsbolaget fastighetskontoret bostadsbolaget hyresvärd fastighetsägare
        fastighetsavdelningen förvaltaren fastighetsförvaltaren""".split(),
        "landlord",
    ),
}
# Comparatives and other words that end as agents do.
NO_AGENTS = words("""
    senare närmare vidare tidigare snabbare bättre större mindre längre högre lägre enklare tydligare bredare djupare
    senaste ytterligare före utförligare varje bevare fortare dagarna tiderna timmarna veckorna kronorna frågorna
    förslag lokalerna ritningarna tidigast smidigare billigare dyrare säkrare lättare svårare viktigare kortare
    noggrannare klarare oftare mottagare mottagaren besökare besökaren besökarna skrivare skrivaren dockare
""")


@lru_cache(32_768)
def is_agent(word: str) -> bool:
    """Whether a noun tells of somebody who acts: a trade, an office, a body."""
    return (
        word.endswith(AGENT_ENDINGS)
        and word not in NO_AGENTS
        and not word.endswith(("svaren", "varan", "klarare"))
    )


MINE = words(
    "bolaget företaget föreningen styrelsen enheten sektionen avdelningen organisationen verksamheten avdelning enhet"
)
AGENT_ENDINGS = (
    "personal", "personalen", "företag", "företaget", "fotograf", "fotografen",
    "strateg", "arkitekt", "entreprenör", "förmedlingen", "firman", "firma", "föreningen", "leverantörer", "are", "aren", "funktion", "funktionen", "ansvarig", "ansvarige", "ansvariga", "experten", "expert",
    "jurist", "ekonom", "ekonomen", "assistent", "assistenten", "registrator", "revisor", "revisorn", "ordförande",
    "ordföranden", "ingenjörer", "tekniker", "myndighet", "avdelning", "sektion", "staben", "koordinator", "koordinatorn",
    "kommunikatör", "kommunikatören", "inspektör", "kontrollant", "konsult", "ombud", "styrelse", "nämnd", "controller",
    "chefen", "chef", "ägaren", "ingenjör", "ingenjören", "administratör", "administratören", "planerare", "värden", "läggaren", "läggare", "ledaren", "ledare", "samordnaren", "samordnare", "sekreteraren",
    "direktören", "entreprenören", "konsulten", "arkitekten", "leverantören", "mäklaren", "kollegan", "juristen",
    "verket", "myndigheten", "styrelsen", "byrån", "kassan", "polisen", "bolaget", "kontoret", "avdelningen", "enheten",
    "gruppen", "mannen", "strategen", "registratorn", "förvaltningen", "nämnden", "bolag", "förvaltaren", "teknikern",
    "rådet", "utredaren", "inspektören", "kommitten", "kommittén", "besiktningsmannen", "leverantör", "projektören",
    "elektrikern", "ersättare", "ersättaren", "vikarien", "hantverkaren", "målaren", "teknikerna", "byggaren", "ombudet", "snickaren", "hantverkarna", "banken", "skolan", "rektorn", "teamet", "supporten",
)  # fmt: skip
INTENTIONS = words(
    "avsikten ambitionen tanken målsättningen intentionen förhoppningen planen ambition avsikt målsättning intention förhoppning tanke plan mål bedömning planering"
)
PEOPLE = words(
    "ersättare vikarie efterträdare assistent kollega kollegor chef handläggare jurist kollegan kollegorna medarbetare projektledare ekonom arkitekt tekniker elektriker hantverkare målare snickare montör låssmed låssmeden rörmokare"
)

# Things that the other party sends: as subject of a passive they say who owes them.
THEIRS = words("""
    svar svaret svaren synpunkter synpunkterna anmälan anmälningar ansökan ansökningar intresseanmälan intresseanmälningar
    offert offerten offerter anbud anbudet yttrande yttrandet yttranden remissvar remissvaren underlag underlaget faktura
    fakturor fakturan komplettering kompletteringar kompletteringen kommentarer frågor nominering nomineringar
    intresseförfrågan anmälningarna ansökningarna blanketten blanketter enkäten bidrag uppgifterna uppgifter
    beställning beställningen beställningar redovisningen enkätsvar motförslag ändringar val nomineringarna önskemål
    handlingar handlingarna dokument dokumenten
""")
OURS = words("""
    besked beskedet protokoll protokollet kallelse kallelsen kallelser återkoppling återkopplingen information
    informationen beslut beslutet förslag förslaget avtal avtalet avtalsförslag inbjudan inbjudningar dagordning
    dagordningen minnesanteckningar minnesanteckningarna tidplan tidplanen utkast utkastet uppdatering ritningar
    original originalet originalen presentationen kravspecifikation kravspecifikationen behovsanalysen bekräftelsen kopian budgeten intyget
    ritningarna rapporten rapport material materialet mer ytterligare hyresavtal hyresavtalet offert presentation
    presentationen nycklar nycklarna länk länken planen specifikationen skissen skisserna utlåtandet kalkylen listan
""")
DELIVERABLES = (
    THEIRS
    | OURS
    | words("""
    bekräftelse kontaktuppgifter lista listan ritning ritningarna plan planer mått intyg signatur underskrift
    klartecken godkännande datum tidsförslag bilder hjälp ställningstagande redovisning klarhet
    upplysningar kopia kopior nyckel namn adress avtalet hyresförslag kravspecifikation behovsanalys budget
    exemplar exemplaret retur förtydligande förtydliganden klarläggande motivering statistik statistiken siffror siffrorna prisuppgift kommentar
    version versionen checklista input feedback kalkyl kalkylen kostnadsförslag skiss skisser skisserna bilderna
    bilaga bilagan bilagor bilagorna uppgift godkännandet instruktioner instruktion anvisningar vägledning lägesbild lägesrapport pris priset startdatum
    prognos prognosen beräkning beräkningar beskrivning beskrivningen sammanställning sammanställningen översikt
    bankgaranti bankgarantin fullmakt fullmakten försäkringsbevis planskiss planskissen måttuppgifter statusrapport kontaktperson
    komplettering kompletteringen kompletteringarna handlingar
    namnförslag ordrenummer referens fakturaadress bedömning
""")
)


@lru_cache(32_768)
def names(word: str, things: frozenset[str]) -> bool:
    """Whether a word is one of these things or a compound that ends in one: hyresförslaget, prisförslag."""
    if word in things:
        return True
    return len(word) > 8 and word.endswith(_tails(things))


@cache
def _tails(things: frozenset[str]) -> tuple[str, ...]:
    return tuple(thing for thing in things if len(thing) >= 5 and thing not in _NO_TAILS)


_NO_TAILS = words("ändringar frågor namn adress referens hjälp ytterligare plan")

MEETING = words("""
    avstämning avstämningen visning visningen visningar besiktning besiktningen slutbesiktning slutbesiktningen
    förbesiktning garantibesiktning platsbesök platsbesöket studiebesök studiebesöket besök besöket workshop workshopen
    träff träffen genomgång genomgången samråd samrådet seminarium seminariet informationsträff rundvandring invigning
    invigningen nyckelöverlämning nyckelöverlämningen platssyn syn synen dialogmöte videokonferens telefonkonferens
    konferensen nätverksträff utbildning utbildningen intervju intervjun lokalvisning lokalvisningen avstämningar
    överlämning överlämningen fika lunch frukost frukostmöte lunchmöte webbinarium webbinariet slutsyn slutsynen kick-off
    informationskväll öppningsceremoni upptaktsträff platsvisning statusavstämning uppföljningsträff
""")
MEETING_ENDINGS = ("besiktning", "besiktningen", "möte", "mötet", "möten", "mötena", "möteb")
# A compound that ends so is a meeting; "redovisning" is no "visning".
MEETING_TAILS = (
    "träff", "träffen", "samråd", "samrådet", "seminarium", "seminariet", "avstämning", "avstämningen", "genomgång",
    "genomgången", "workshop", "workshopen", "rundvandring", "platsbesök", "studiebesök", "konferens", "konferensen",
    "avstämningssamtal", "invigning", "invigningen", "lokalvisning", "platsvisning",
)  # fmt: skip
NO_MEETING = words("bemöte bemöter tillmötesgående")
CANCELLED = words(
    "inställt inställd inställda avbokat avbokad avbokade avbokas utgår ställs avlyst ställa avboka"
)
MOVED = words("""
    flyttas flyttat flyttad flyttade flytta flyttar ombokat ombokad omboka bokas ombokas framflyttat framflyttad skjuts
    skjuter skjuta skjutits ändras ändrats ändrat ändrad senarelagt senareläggs tidigareläggs tidigarelagt senarelägga
    uppskjutet uppskjuts
""")
SET_UP = words("""
    bokat bokad bokas bokar boka inbokat inbokad inbokade bokade bokats kallar kallas kallelse kallad kallade bjuder bjuds
    inbjudan inbjudna inbjuden hålls håller hållas rum ske sker föreslår föreslås förslag planerat planerad planeras
    blir är passar passa välkomna välkommen välkommen! börjar startar genomförs genomföras äger träffas ses möts
    föreslagen föreslaget arrangerar anordnar anordnas erbjuder erbjuda bestämt bestämd fastställt satt kan kunna
    hinner funkar fungerar tid tider plats deltar delta medverka kvarstår påminnelse påminner infaller ordnar
    tar ta kör köra lägger lägga inplanerad inplanerat har gör firar nästa bekräftar delta deltar medverka komma visning arrangeras preliminärt önskar vill ska skulle ha inplanerat inplanerad
""")

DEADLINE_NOUNS = words("""
    deadline svarsdatum svarsdag svarsfrist anmälningsdag anmälningsdatum tidsfrist tidsfristen remisstid remisstiden
    svarsperiod svarsperioden anmälningsperioden ansökningsperioden remissperioden svarstid svarstiden slutdatum ansökningstid ansökningstiden anbudstid anbudstiden inlämningsdag inlämningsdatum
    fristen stoppdatum ansökningsdag svarsfristen anmälningstid anmälningstiden deadlinen förfallodag förfallodatum
    yttrandetid anbudsdag leveransdag
""")
WISHES = words(
    "hemställer anhåller yrkar begär kräver uppdrar önskar vill skulle hoppas ber uppmanar uppskattar ser räknar förutsätter förväntar föreslår utgår bad"
)
THANKS = words(
    "viktigt angeläget angelägna angelägen fantastiskt hjälp värdefullt värdefull önskvärd smidigt enklast lättast praktiskt optimalt idealiskt underbart suveränt guld vänligt klokt lämpligt tacksam tacksamma tacksamt uppskattat uppskattas uppskattar snällt uppskatta önskvärt bra fint toppen jättebra glada glad hjälpsamt"
)
# What a board does on days of its own.
DECIDING = words("besluta fatta behandla pröva bereda fastställa handlägga diskutera")
REPORTED = words(
    "skrev skrivit sa sade sagt nämnde nämnt uppgav uppgett berättade berättat meddelade meddelat påpekade"
)
FRAGMENT_LEADS = words(
    "gärna helst senast allra dock om före innan absolut inom snarast möjligen förslagsvis troligen till"
)
