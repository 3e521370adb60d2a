"""What the sentences of a letter do: give, tell, ask, put off, refuse. Pure.

A sentence that puts off gives nothing, whatever else it says. The patterns are asked of a sentence in lower case
(`nlp.spans.small`): one that ignores case takes eight times as long.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from crm.things import kinds, short_names
from nlp.sentences import sentences
from nlp.spans import small

Deed = Literal["gives", "tells", "asks", "later", "refuses", "small"]

# What comes back now is no putting off.
_COMES_NOW = re.compile(
    r"\båterkommer (?:(?:jag|vi) )?(?:nu|här|härmed|med detta)\b|"
    r"\bsom (?:(?:jag|vi) )?(?:tidigare )?(?:ut)?lova[dt]\w* återkommer (?:jag|vi)\b"
)
_AS_PROMISED = re.compile(
    r"\b(?:som (?:(?:jag|vi) )?(?:tidigare )?(?:har )?(?:ut)?lova[dt]\w*|som (?:utlovat|aviserat)|som (?:jag|vi) (?:sa|sade|nämnde|skrev|berättade|talade om|pratade om)|"
    r"som (?:ni|du) (?:har )?(?:ville ha|önska\w+|bad om|bett om|efterfråga\w+|begär\w+)|(?:efterfrågad|begärd|beställd|utlovad)[ea]? \w{4,}|efterfrågat \w{4,}|enligt (?:överenskommelse|löfte)|som (?:vi )?(?:kom(?:mit)? överens|överenskommet)|as (?:promised|agreed))\b"
)
_DELIVERS = re.compile(
    r"\b(?:kommer|bifoga[rst]|skicka[rs]|sänder|översänd(?:er|s)|återkommer|lämnar|får|följer|finns|"
    r"här|härmed|bilag\w+|here|attached|enclosed|i am sending|we are sending)\b"
)
_HERE = re.compile(
    r"\bhär (?:kommer|är|har (?:du|ni)|får (?:du|ni)|följer|finns|bifogas|bifogar|skickar|sänder|översänd\w+)\b|"
    r"\b(?:kommer|följer|skickar|sänder|bifogar|översänder|lämnar|får (?:du|ni)) (?:\w+ )?här(?:med)?\b|"
    r"\bhärmed (?:översänd\w+|skicka\w+|lämna\w+|bifoga\w+|får|kommer|återkommer)\b|"
    r"\b(?:bifogar|bifogas|översänder|översänds)\b|\bbifogat (?:finner|finns|hittar)\b|\bfinns bifoga[td]\w*\b|"
    r"\bi bilag(?:a|an|or|orna)\b|\bse (?:\w+ )?(?:bilag|bifoga[td]\w*)|\bbifogad\w* (?:fil|dokument)\w* (?:finns|finner|hittar)\b|"
    r"\b(?:nu|äntligen) (?:är|har (?:vi|jag)|finns|ligger) (?:\w+ ){0,4}(?:klar\w*|färdig\w*|fram|påskriv\w+|underteckn\w+|på plats|uppe)\b|"
    r"\b(?:nu|äntligen) kommer (?:äntligen|då|också)?|\bkommer (?:nu|äntligen)\b|\bär (?:nu|äntligen|i ?dag) (?:\w+ )?(?:klar|färdig|påskriv|underteckn)\w*|"
    r"\b(?:finns|ligger|hittar (?:ni|du)|återfinns|bifogas|följer|är) (?:\w+ ){0,4}(?:bifogad\w*|bifogat|bilagd\w*|i bilaga\w*|som bilaga|bilägg\w*|uppladda\w*|"
    r"på (?:samarbetsytan|projektytan|servern|portalen|sharepoint)|i länken|via länken|i (?:detta|det här) (?:mejl|mail|brev|meddelande)\w*)\b|"
    r"\b(?:medföljer|medskickas|medsänd\w*|bilägg(?:er|es|s)|översändes|tillställs (?:ni|du|er)|delges (?:ni|du))\b|"
    r"\bmed (?:detta|det här) (?:mejl|mail|brev)\w*\b|"
    r"\bhar (?:\w+ ){0,2}(?:nu|i ?dag|idag|precis|just) (?:\w+ )?(?:skickat|sänt|lämnat|postat|mejlat|mailat|levererat|lagt upp|laddat upp)\b|"
    r"\b(?:skickades|sändes|postades|lämnades|lades upp|levererades) (?:\w+ ){0,2}(?:i ?dag|i går|igår|i morse)\b|"
    r"\b(?:bifoga(?:s|r|d|t|de)|bilägg\w*|bilagd\w*|varsågod\w*|håll till godo|i retur)\b|"
    r"\bnedan(?:stående)? (?:\w+ )?(?:finns|hittar|följer|kommer|är|har|ser|finner)\b|\b(?:finns|följer|hittar (?:ni|du)|finner (?:ni|du)|ser (?:ni|du)) (?:\w+ ){0,4}nedan\b|"
    r"\b(?:i|se) (?:den |det |de )?(?:\w+ ){0,2}(?:bilag\w+|filen|filerna|\w{3,}fil(?:en|erna)|länken|dokumentet|mappen)\b|"
    r"\b(?:ligger|finns|är) (?:\w+ ){0,4}(?:ytan|\w+ytan|mappen|teams|sharepoint|webben|webbplatsen|hemsidan|intranätet|projektplatsen|arbetsrummet)\b|"
    r"\b(?:ligger|följer|skickar|får (?:ni|du)) (?:\w+ ){0,4}med(?=[.,!]|$)|\bkommer (?:det|den|de) (?:lovade|utlovade|efterfrågade)\b|"
    r"^(?:begärda|beställda|efterfrågade|önskade|utlovade) \w+|\bbad (?:mig|oss) (?:att )?(?:skicka|mejla|maila|sända|lämna)\b|"
    r"^som (?:(?:jag|vi) )?(?:tidigare )?(?:har )?(?:ut)?lova[dt]\w*\b|\bplease find\b|\bhere (?:is|are)\b|\b(?:is|are) (?:attached|enclosed)\b"
)
_PUTS_OFF = re.compile(
    r"\b(?:åter(?:kommer|komma|kopplar|koppla)|hör(?:a)? av (?:mig|oss)|hör av sig|"
    r"(?:ska|skall|måste|behöver|får|vill) (?:\w+ ){0,2}(?:titta|kolla|undersöka|se över|ta reda|fråga|stämma av|"
    r"prata|återkomma|svara|försöka|kontrollera|diskutera|ta upp|gå igenom|läsa|tänka|fundera)|"
    r"(?:tar|ta|tagit) (?:\w+ )?reda på|tittar på|undersöker|utreder|kollar|stämmer av|funderar|"
    r"behöver (?:\w+ ){0,2}(?:tid|dagar|veckor)|"
    r"(?:hann|hinner|hunnit|kan|kunde) (?:\w+ ){0,3}(?:inte|inget|ingen|inga)|hinner först|tyvärr (?:inte|inget|ingen|inga)|"
    r"inte (?:kan|hinner|hann|hunnit|än|ännu|klar\w*|färdig\w*|fått)|ännu (?:inte|inget|ingen|inga|ej)|ej (?:klar\w*|hunnit|ännu)|"
    r"(?:inget|ingen|inga) \w+ (?:än|ännu|nu)|dröj\w*|försen\w*|senarelägg\w*|skjut\w* (?:\w+ )?(?:upp|fram|på)|"
    r"annat emellan|räknar (?:vi |jag )?med att|ärende\w* (?:har )?(?:fått|får|har) (?:\w+ )?(?:nummer|ärendenummer|diarienummer)\b|väntar|inväntar|avvaktar?|(?:jag|vi) saknar|(?:det|här|som|ännu|fortfarande|uppgift\w*|underlag\w*) saknas|saknas (?:ännu|fortfarande|underlag\w*|uppgift\w*)|glömde|glömt|utan bilaga|ursäkta|"
    r"(?:skickar|sänder|lämnar|skickat|lämnat) (?:\w+ ){0,3}vidare|vidarebefordra\w*|"
    r"på semester|sjukskriven|föräldraledig|åter på kontoret|tillbaka (?:den|på|i|efter)|"
    r"(?:vet|vågar) (?:\w+ ){0,2}(?:inte|ej)|(?:inte|ej) (?:\w+ ){1,3}(?:än|ännu)|(?:inte|ej) (?:bestäm\w+|beslut\w+)|"
    r"ligger (?:\w+ )?hos|(?:blir|finns) (?:\w+ )?(?:inget|ingen|inga)|tålamod|uppe i|beräkna(?:d|t|s|de) (?:leverans\w*|klar\w*|att|bli|datum|tid)|orderbekräftelse\w*|arbetar (?:med|på)|på gång|fixar|ordnar|ska (?:jag|vi) göra|lovar att|anstånd|förhinder|"
    r"strul\w*|krångl\w*|tar (?:\w+ )?(?:längre|lång|mer|lite) tid|underbemann\w*|personalbrist|sjukdom|"
    r"hoppas (?:\w+ )?(?:kunna|på|att)|försöker|problem med|beklagar|"
    r"får (?:\w+ )?vänta|utan (?:resultat|framgång)|(?:är|blivit|blev) (?:\w+ )?sjuk\w*|påminner|har (?:bett|frågat)|frågar|har hand om|fel person|är (?:\w+ )?sen[at]?|"
    r"förtydlig\w*|förstår inte|(?:lite|ganska|fortfarande|det är) oklart|vad menar|"
    r"tar (?:\w+ )?(?:med|upp)|ska (?:\w+ )?upp|(?:beslutar(?! att)|beslutas|sammanträder|behandlar|behandlas)|bortrest|på resande fot|snart|nästan (?:klar|färdig)\w*|"
    r"har slutat|kontakta|först\.|bra fråga|registrer\w+|diarie\w+|(?:har|är|hade|blev) (?:\w+ ){0,3}beställ[td]\w*|beställ(?:t|de|er|s) (?:\w+ )?(?:nya?|en|ett|hem)|(?<!ni har )(?<!du har )(?<!ni )(?<!du )(?:begärt|efterfrågat)|"
    r"inte (?:\w+ )?(?:kommit|framme)|(?<!inte )så länge(?=[.,!]|$)|varit mycket|tack för påminnelsen|strax|i eftermiddag|glömt|sorry|"
    r"trasig\w*|pusslar|invändning\w* (?:från|mot)|invänder|skriver om|från grunden|(?:får|ska|måste|vill|behöver) (?:\w+ )?(?:avgöra|bestämma|godkänna|mogna|ligga|hinna|landa|smälta|vänta|räkna|mäta|bedöma|granska|sätta sig|reda ut|leta|gräva)|"
    r"tar? ledigt|tog ledigt|är ledig|har semester|tjänsteresa|hemma med|(?:i|ur) huvudet|borde (?:veta|kunna|finnas|komma|vara klar\w*)|nappat|ögonblick|tålamod|hugger|jagar|"
    r"ställ(?:de|er|t|des|s) in|inställ[td]\w*|ny tid|uppgrader\w*|kräver (?:\w+ )?(?:mer|tid|utredning|beslut|underlag|ytterligare|längre)\w*|invänt\w*|attest\w*|remiss(?:en)? (?:ut|hos)|gör om|görs om|omarbet(?:as|ar)|rita[rs] om|räkna[rs] om|byter system|flytta(?:s|des|ts|t|r|de) (?:\w+ )?(?:fram|till (?:den|nästa|vecka|v|på|efter|hösten|våren|i)\b)|tar (?:vi |jag )?(?:det|den|frågan|detta) (?:\w+ )?(?:på|vid|när|efter|i samband|nästa)|(?:jag|vi) vet (?:mer |besked )?(?:i|på|efter|nästa|först|när|om)\b|(?:hänger|beror) på (?:om|när|vad|hur)|så fort (?:vi|jag) vet|"
    r"för tidig\w*|oavgjor\w*|obesvara\w*|osäker\w*|återstår|halkat efter|ligger efter|efter i|hög arbetsbelastning|fullt upp|fullbokad\w*|smockfull\w*|körigt|rörigt|"
    r"har (?:du|ni) (?:lite )?(?:tålamod|överseende)|be(?:r|tt)? (?:\w+ )?(?:om )?(?:ursäkt|överseende)|släpar|eftersläp\w*|fastnat|stannat|pausa[dtrs]\w*|stopp|stött på|bakslag\w*|överklaga\w*|"
    r"mejlat runt|skickat frågan|ställt frågan|ringt (?:\w+ ){0,2}(?:utan|men)|sökt|lämnat meddelande|inte (?:nått|nås|svarat|anträffbar)|telefonkö|behöver (?:din|ditt|dina|er|ert|era)|"
    r"för (?:att (?:kunna )?)?(?:göra klart|bli klar\w*|slutföra)|slutför\w*|putsar|finslip\w*|korrektur\w*|sista handen|skissar|"
    r"just nu|för (?:närvarande|tillfället|stunden)|i nuläget|än så länge|tills vidare|nytt försök|(?<!ingen )beställning\w*|betänketid|"
    r"(?:revider|uppdater|gransk|bered|behandl|utred|pröv|inventer|sammanställ|diskuter|förhandl|upphandl|förankr|översätt|korrekturläs|sondera|bearbet)(?:as|s|ar)|"
    r"bordla\w+|återremitt\w+|på nytt|på (?:\w+ ){0,3}skrivbord\w*|för (?:underskrift|påskrift|signering|granskning|synpunkter)|"
    r"under (?:arbete|behandling|beredning|utredning|granskning)|sitter (?:\w+ )?med|håller (?:\w+ )?på|i tjänst|utan att (?:få|ha|nå)|"
    r"ge (?:oss|mig) (?!svar|besked)|(?:dagar|veckor|dag|vecka|tid|stund) till\b|respit|uppskov|frist|"
    r"(?:är|kommer|tas|ska|skall) upp (?:på|i|för|till)|på (?:agendan|dagordningen|tapeten)|(?:till|för) (?:beslut|avgörande|påseende)|"
    r"pågår|fortgår|kvarstår|(?<!inget )(?<!ingenting )kvar att|på gång|i startgroparna|under (?:framtagande|uppbyggnad|utformning|upphandling|diskussion|översyn|revidering)|"
    r"letar|söker (?:fortfarande|ännu)|(?:har|vi|jag) sökt|filar|återstår|jobbar (?:\w+ )?(?:på|med)|(?:räknar|väntar|letar|håller|ligger|tittar|arbetar) (?:fortfarande|ännu|alltjämt)|fortfarande (?:inte|ej|hos|under)|räkna med|förlängd?|ligger nere|lyfter|tidigast|"
    r"blir (?:nog|väl|troligen|sannolikt|tidigast|nästa|först)|får bli|innan (?:ni|du|vi|jag) (?:har|får|kan)|bolla\w*|kört fast|"
    r"not (?:yet|ready)|unfortunately|get back to you|let me (?:check|ask)|will (?:\w+ )?(?:send|reply|check|come|let)|"
    r"delayed|clarif\w+)\b"
)
_SENDS = re.compile(
    r"\b(?:skicka[rs]?|sänder|svarar?|lämna[rs]?|får|levererar?|bifoga[rst]?|bifogade|översänder|översänds|"
    r"ringer|mejlar|mailar|meddela[rs]?|presentera[rs]?|besvara[rs]?|redovisa[rs]?|landar|delar|förmedlar|går (?:\w+ )?(?:ut|iväg)|publicera[rs]|(?<!vi )(?<!jag )kommer|klar[ta]?|send|reply)\b"
)
_IN_FUTURE = re.compile(
    r"\b(?:i ?morgon|i ?övermorgon|(?:på|till|under|senast|före|nästa|efter) (?:mån|tis|ons|tors|fre|lör|sön)da\w+|"
    r"nästa (?:vecka|månad|år)|(?:i|under) nästa|om (?:en|ett|någ\w+|ett par|två|tre|fyra|\d+) (?:\w+ )?(?:dag|veck|månad)\w*|"
    r"(?:i|under|senast|först i|början av|mitten av|slutet av) (?:januari|februari|mars|april|maj|juni|juli|augusti|"
    r"september|oktober|november|december|veckan|vecka|v\b|helgen|höst\w*|vår\w*|vinter\w*|sommar\w*)|senast|"
    r"snarast|inom (?:kort|\w+ \w*dag\w*|\w+ veck\w*)|så (?:snart|fort)|när (?:vi|jag|det|den|de)|när (?:\w+ ){1,2}(?:har|är|blir|fått)|först (?:i|på|efter|när|om)|"
    r"senare|framöver|före|innan|i ?dag|ikväll|efter (?:semester|sommar|helg|möte|jul|påsk|lunch|lov|nyår|årsskifte)\w*|vecka \d+|i (?:höst|vår|vinter|sommar|kväll)|"
    r"tomorrow|next (?:week|month)|later|soon)\b"
)
# What we mean to do ourselves at a time to come.
_WE_WILL = re.compile(
    r"\b(?:ska|skall|får|måste|behöver|vill|tänker|kommer|hoppas|planerar|räknar)(?: att)? (?:vi|jag)\b|"
    r"\b(?:vi|jag|han|hon|de|kollegan|chefen) (?:\w+ )?(?:ska|skall|får|måste|behöver|vill|tänker(?! oss| mig)|hoppas|planerar|räknar|kommer att|tar|gör|ser|ses|hörs|inventerar|sätter oss|börjar)\b"
)
_SOMEBODY_DOES = re.compile(
    r"\b(?:vi|jag|han|hon|de|man) (?:\w+ )?(?!är\b|har\b|var\b|blir\b)\w{2,}(?:r|s)\b|\b(?!är\b|har\b|var\b|blir\b)\w{2,}(?:r|s) (?:vi|jag|han|hon|de|man)\b"
)
# What a thing of a kind is for.
_OF_WHAT = re.compile(
    r"\b\w*(?:försla?g|lista|utkast|underlag|rapport|program|plan|avtal|protokoll|offert|ritning|sammanställning|beskrivning|inbjudan)\w{0,6} "
    r"(?:till|på|över|om|för|från|av|inför) ((?:\w+ ){0,2}\w+)"
)
# Beside a yes or no, what most questions are answered by is a number, a date or a name.
_ANSWER = re.compile(
    r"\d|\b(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|tjugo\w*|trettio\w*|fyrtio\w*|femtio\w*|hundra\w*|båda|ingen|inga|inget|alla|varje|var(?:je|t)? (?:tredje|fjärde|femte|sjätte)|varannan|vartannat|dagligen|\w*vis|årligen|gång|gånger|räcker|duger|lagom|helst)\b|^(?:ja|nej|jo|jodå|jadå|nejdå|japp|jepp|nepp|jajamän|jajemen|javisst|absolut|okej|ok|visst|självklart|givetvis|nix|tyvärr|yes|no)\b|"
    r"\b(?:går (?:\w+ )?(?:bra|fint|utmärkt)|passar|funkar|fungerar|stämmer|bekräftar|bekräftas|instämmer|godkänn\w+|godtar|medger|samtycker|tillstyrker|avstyrker|avslår|avböjer|bestrider|motsätter|inget att (?:erinra|invända)|har inget emot|ställer (?:\w+ )?upp|accepterar|tackar (?:ja|nej)|avstår|gärna)\b"
)
_WHO = re.compile(r"\b(?:vem|vilken|vilka|vilket|vems|namn\w*|\w*person(?:en|er)?|var|vart)\b")
_NAME = re.compile(r"(?<=[a-zåäö:] )[A-ZÅÄÖ][a-zåäö]+")
_TELLS_WHO = re.compile(
    r"\b(?:heter|utsett|utsedd|utser|företräd\w+|kontaktperson\w*|når (?:mig|oss|honom|henne)|ansvarar|ansvarig)\b|@"
)
_PAST = re.compile(
    r"\b(?:(?:har|hade) (?:\w+ ){0,4}(?:\w{2,}(?:at|tt|it|rt|st)|\w{3,}t)|gick|fick|gjorde|tog|höll|lade|satte|kom|skrev|sade|gav|såg|hölls|togs|gjordes|sattes|gavs|lades|"
    r"\w{3,}(?:ade|ades)|(?!måste\b|borde\b|sällan\b)(?:\w{2,}(?:ll|rd|ck|gg|dd|ng|tt|st|ft|pp|ss|ck|mm|nn))(?:e|es|de|te|des|tes))\b"
)
# Who answers or sends in another's place puts nothing off: "Karin är sjuk, så det här kommer från mig".
_INSTEAD = re.compile(
    r"\bså (?:det (?:här )?(?:kommer från|blir) (?:mig|jag)|(?:jag|vi) (?:svarar|skickar|sänder|tar över|hoppar in)|(?:svarar|skickar|sänder) (?:jag|vi))\b|"
    r"\bi (?:hans|hennes|deras|\w+s) ställe\b"
)
# From when something holds is no day on which it comes: "Ni får två platser från den 1 november".
_SINCE = re.compile(r"\bfrån (?:och med |o\.?m\.? )?(?:den \d|\d|nu\b)|\bfr\.?o\.?m\b")
# What was asked about, when one speaks of it again.
_IT = re.compile(
    r"\b(?:den|dem|dessa|dessa)\b|^(?:de|det) (?:är|har|finns|ligger|ingår|kostar|blir|gäller|går|kan|sitter|hänger|står|sköts|görs)\b"
)
# A sentence that names no more than what was spoken of in the one before: "Den bifogas."
_OF_IT = re.compile(r"(?:den|det|de|dessa|denna|detta|båda|allt) ")
_ASKS_FOR = re.compile(
    r"\b(?:behöver|saknar|vill ha|önskar|kan (?:ni|du)|undrar|skicka|förtydliga|precisera|komplettera)\b"
)
_DAY = re.compile(r"\b(?:den \d{1,2}|\d{1,2}/\d{1,2}|20\d\d-\d\d-\d\d|v\.? ?\d{1,2})\b")
# What goes to the reader now, where the sentence names the thing: "Skickar över avtalet nu", "Mejlar ritningarna till er".
_GOES = re.compile(
    r"\b(?:skickar|sänder|mejlar|mailar|lämnar|levererar|delar|lägger (?:med|in|upp)|översänder|överlämnar|(?:har|hade) (?:\w+ ){0,2}(?:skickat|sänt|mejlat|mailat|"
    r"lämnat|levererat|delat|postat|fått klart|fått fram|blivit klar\w*|lagt (?:upp|in|ut)|laddat upp)|"
    r"(?:i ?dag|i ?går|nyss|i morse|i ?fredags|i ?måndags|i ?förmiddags) (?:lämnade|skickade|sände|mejlade|mailade|levererade|postade|överlämnade) (?:vi|jag)|"
    r"(?:vi|jag) (?:lämnade|skickade|sände|mejlade|mailade|levererade|postade|överlämnade) (?:\w+ ){0,6}(?:i ?dag|i ?går|nyss|i morse|i ?fredags|i ?måndags|er|dig))\b"
)
_TO_OTHERS = re.compile(
    r"\b(?:till|åt|för|hos) (?!er\b|dig\b|ert\b|din\b|ditt\b|oss\b|ni\b)[a-zåäö]+\b|\bin\b"
)
_THAT = re.compile(r"\b(?:det|detta|den(?! \d)|dem|dessa|frågan)\b")
_NOT = re.compile(r"\b(?:inte|ej|inget|ingen|inga|ännu|aldrig|utan att)\b")
# With what is still to come, a part of the thing is not the thing.
_A_PART = re.compile(
    r"\b(?:resten|övriga?|återstående|resterande|kompletter\w+|en del av|första (?:delen|bladet|sidan|versionen)|\w+delen)\b"
)
_COURTESY = re.compile(r"\b(?:frågor|funderingar|questions)\b[^?]{0,60}\?")
# What the reader may do if something is amiss says nothing of what is to come.
_TURN_TO_US = (
    r"\b(?:hör|återkom|säg|kontakta|ring|fråga|meddela|mejla|maila|skriv|tveka)\b (?:gärna )?"
    r"(?:\w+ ){0,4}?(?:om|ifall|vid|att)\b"
)
_IF_AMISS = r"\bom (?:något|nåt|det|du|ni) (?:\w+ )?(?:saknas|fattas|undrar|är oklart|ser konstigt ut)"
_INVITING = re.compile(rf"{_TURN_TO_US}|{_IF_AMISS}")
_INVITES = re.compile(rf"(?:[,;–-]\s*)?(?:\b(?:och|men|annars)\s+)?{_TURN_TO_US}[^.!?]*|{_IF_AMISS}[^.!?,]*")
# Words that answer nothing however many of them there are.
_THANKS = frozenset(
    "tack tackar så mycket tusen för ditt ert din er mejl mejlet mail mailet brev brevet svar svaret besked beskedet "
    "meddelande meddelandet information informationen påminnelse påminnelsen uppdateringen hej hejsan igen god morgon "
    "dag dagen mottaget noterat noteras ok okej okey jag vi har nu tagit emot fått det den detta toppen bra "
    "absolut självklart givetvis ska bli blir ha en fin trevlig helg thanks thank you received noted mvh hälsningar med vänlig vänliga "
    "bästa".split()
)
# What another has asked the writer to do: "Johan bad mig skicka detta".
_WAS_ASKED = re.compile(r"\b(?:bad|bett|ombedd|har ombetts|ombads) (?:mig|oss|att)\b")
# Who is asked is not the one to ask.
_REFUSES = re.compile(
    r"\b(?:inte (?:mitt|vårt) (?:bord|område|ansvar)|ingen aning|fel (?:person|mottagare|myndighet|förvaltning)|vänd (?:dig|er)|"
    r"ställ (?:\w+ )?fråg\w+ (?:dit|till|hos)|(?:prata|tala|hör|kolla|stäm av) (?:\w+ )?med|det får (?:ni|du) (?:ta|lösa|ordna|fråga))\b"
)
# Said of a thing: it is there, though not with this letter.
_DONE = re.compile(
    r"\b(?:är|blev|har blivit|har) (?:\w+ ){0,3}(?:klar\w*|färdig\w*|gjord\w*|kvitterad\w*|(?:ut)?skickad\w*|utskicka\w*|utlagd\w*|publicera\w*|underteckna\w*|"
    r"påskriv\w*|signera\w*|fastställ\w*|levererad\w*|inlämna\w*|uppladda\w*|på plats|uppe|i drift)\b|"
    r"\b(?:publicera|skicka|lämna|leverera|posta|laga|montera|installera|åtgärda|måla|hämta|betala|rätta|flytta|ordna|reparera|städa|besiktiga|uppdatera|justera|koppla)(?:des|ts)\b|"
    r"\b(?:sändes|sänts|byttes|bytts|löstes|lösts|utfördes|utförts|genomfördes|genomförts|sattes upp|satts upp)\b|\bgick (?:\w+ )?(?:ut|iväg)\b|\b(?:lämnade|lämnat) (?:vårt|vår|lagret|terminalen)\b|\b(?:ärendet|jobbet|arbetet) är (?:avslutat|slutfört|klart)\b|"
    r"\b(?:är|blev|har|blivit|hade) (?:\w+ ){0,4}(?:utbytt\w*|laga[dt]\w*|(?:upp|in)?monter\w*[dt]|installera[dt]\w*|åtgärda[dt]\w*|ordna[dt]\w*|fixa[dt]\w*|löst\w*|inkoppl\w+|kopplat in|"
    r"uppsatt\w*|satt upp|måla[dt]\w*|städa[dt]\w*|reparera[dt]\w*|flytta[dt]\w*|hämta[dt]\w*|besiktiga[dt]\w*|genomför[dt]\w*|utför[dt]\w*|avklara[dt]\w*|rätta[dt]\w*|justera[dt]\w*|"
    r"betal(?:d|t|da|at)|kreditera[dt]\w*|igång|inflytta[dt]\w*|driftsatt\w*|aktivera[dt]\w*|undanröjd\w*|uppläst\w*|utrull\w+|upplagd\w*|inlagd\w*)\b|"
    r"\bnu (?:hänger|sitter|står|fungerar|funkar|rullar|lyser|går|gäller|ligger)\b|\b(?:sitter|står|finns|ligger|hänger) (?:\w+ ){0,2}(?:på plats|uppe)\b|\b(?:hänger|sitter|står|fungerar|funkar) (?:\w+ ){0,6}(?:nu|igen|på plats|som (?:den|det|de) ska)\b"
)
# That something has come, said by whoever was to get it: "Tack för ritningarna", "Vi har kvitterat ut nycklarna".
_RECEIVED = re.compile(
    r"\b(?:tack(?:ar)? (?:så mycket )?för (?:att (?:du|ni) \w+ )?|(?:har|hade) (?:\w+ ){0,3}(?:fått(?! (?:i|fram|klart|höra|veta|en fråga|frågan))|mottagit|tagit emot|kvitterat|hämtat|nåtts av)|"
    r"(?:vi|jag) (?:\w+ )?(?:fick(?! (?:i|höra|veta|se|reda))|mottog|tog emot|kvitterade|hämtade)|(?:fick|mottog|hämtade|kvitterade) (?:vi|jag)|"
    r"(?:kom|kommit|anlänt|anlände|levererats|levererades) (?:\w+ )?(?:fram|oss tillhanda|hit|till oss)|(?:finns|ligger) (?:nu )?hos oss|är (?:nu )?mottag\w+|"
    r"(?:kom|dök upp|anlände|landade) (?:\w+ )?(?:i ?går|i ?dag|i morse|nyss|i (?:mån|tis|ons|tors|fre)dags)|mottaget av)\b"
)
# A heading above what it gives in the letter itself: "Mina anteckningar:", "Förslag till text på er sida:".
_GIVES_BELOW = re.compile(
    r"^(?:(?:här|nedan|mina?|mitt|vår[at]?|ert|nytt|ett|en|lite|några|de|den|det) ){0,2}"
    r"\w*(?:förslag|utkast|text|punkter|ärenden|anteckningar|noteringar|program|dagordning|uppgifter|tider|frågor och svar|svar|synpunkter|sammanfattning|lista|"
    r"siffror|adress|adresser|namn|deltagare|tidplan|tidsplan)\w{0,4}\b[^?]{0,80}:$"
)
# A promise to be somewhere owes the reader nothing that was asked for.
_MEETS = re.compile(
    r"\b(?:möter|mötas|ses|deltar|tar emot|på plats|ställer upp|kommer gärna|välkomna|visar (?:er|dig|runt))\b"
)
_SMALL = re.compile(
    r"^(?:(?:stort|tusen|många) )?(?:tack|tackar|hej|hejsan|god|trevlig|ha (?:en|det)|hoppas|lycka till|välkomna? att höra)\b[^,:;]*$"
)
_SIGN_OFF = re.compile(
    r"(?m)^[ \t]*(?:(?:med )?(?:vänlig|bästa|varm|soliga|många)\w*[ \t]+hälsning\w*|hälsning\w*|mvh|/\w|best regards|kind regards)"
)
_WORD = re.compile(r"\w{5,40}")
LONGEST_KEPT = 400  # signs of a sentence that is remembered
SENTENCES_KEPT = 8_192
_STEM = 5
_OF_FOUR = re.compile(
    r"(?:dörr|larm|disk|hiss|golv|städ|port|trapp|värm|ljus|skåp|bord|stol|matt|vägg)(?:en|et|ar|or|er|n|t)(?:na|a|s)?"
)
_COMMON = frozenset(
    "skick sände lämna besva svara återk kommer komme enlig sista senas slute börja mitte under efter innan "
    "janua febru april augus septe oktob novem decem vecka veckan månda tisda onsda torsd freda somma höste "
    "våren vinte kommu servi state konto bifog bilag utlov lovad härme översä gärna hälsn vänli bästa också "
    "även där detta denna dessa eller andra första mycke något några tidig finns finne skall kunna skulle hoppa måste tyvär skjut "
    "javis absol själv givet äntli behöv varje sedan medan genom mellan ungef cirka närma nästa månad färdi klart klara ligge hålle räkna önska ringe prata talad talar".split()
)
# Things whose names begin as common words do.
_NO_COMMON = re.compile(r"(?:underlag|underhåll|underskr|undertak|kommentar|efterfråg)")
_SENDING = frozenset(
    "översänds översänder översända översändes översänt önskemål begäran överenskommelse".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a letter, what it does, and the words by which one tells what it is about."""

    text: str
    deed: Deed
    about: frozenset[str]
    goes: bool  # something goes to the reader now


@lru_cache(2048)
def told(words: str) -> tuple[Told, ...]:
    """The sentences of a letter above its sign-off."""
    said = [_kept(one) if len(one) <= LONGEST_KEPT else _told(one) for one in _above_sign_off(words)]
    for place, (before, one) in enumerate(pairwise(said), 1):
        if not one.about and one.deed in {"tells", "gives"} and _OF_IT.match(small(one.text)):
            said[place] = replace(one, about=before.about)
    return tuple(said)


def _told(sentence: str) -> Told:
    return Told(sentence, deed(sentence), matter(but_gives(sentence) or sentence), goes(sentence))


_kept = lru_cache(SENTENCES_KEPT)(_told)  # set phrases stand in many letters


def _above_sign_off(words: str) -> list[str]:
    cut = _SIGN_OFF.search(small(words))
    return _sentences(words[: cut.start()] if cut else words)


def deed(sentence: str) -> Deed:
    """What one sentence does; one that does two things does the one that keeps less."""
    low = small(sentence)
    if low.rstrip().endswith("?"):
        return "small" if _COURTESY.search(low) else "asks"
    if _REFUSES.search(low):
        return "refuses"
    if _later(low):
        return "gives" if but_gives(sentence) else "later"
    if _announces(sentence, low):
        return "gives"
    rest = _without(_INVITES, sentence, low) if _INVITING.search(low) else sentence
    return "small" if _SMALL.search(small(rest)) or only_thanks(rest) else "tells"


@lru_cache(8192)
def but_gives(sentence: str) -> str:
    """What a sentence gives after it has put off something else: "Karin är sjuk, men loggarna hittar du i mejlet"; else ""."""
    head, but, tail = sentence.partition(" men ")
    if not but or not _later(small(head)) or not announces(tail):
        return ""
    return "" if alike(matter(head), matter(tail)) else tail


def _without(pattern: re.Pattern[str], sentence: str, low: str) -> str:
    """A sentence without what the pattern finds in it."""
    at, rest = 0, ""
    for match in pattern.finditer(low):
        rest += sentence[at : match.start()]
        at = match.end()
    return rest + sentence[at:]


def goes(sentence: str) -> bool:
    """Whether something goes to the reader now."""
    low = small(sentence)
    return bool(_GOES.search(low)) and not _TO_OTHERS.search(low)


@lru_cache(8192)
def of_what(sentence: str) -> frozenset[str]:
    """What a thing of a kind is for: "förslag till avtal", "förslag till program"."""
    # a blank before: a name at the beginning is a name
    return topic(" " + " ".join(sentence[slice(*one.span(1))] for one in _OF_WHAT.finditer(small(sentence))))


def are_others(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two things of a kind are for different matters, as far as both say so (`of_what`)."""
    return bool(one and other) and not share(one, other)


def is_answer(sentence: str) -> bool:
    """Whether it has what questions are answered by: a number, a yes or no, a decision, a name, something done."""
    low = small(sentence)
    return bool(_ANSWER.search(low) or _TELLS_WHO.search(low) or is_past(sentence))


def is_past(sentence: str) -> bool:
    """Whether it tells of what has been done."""
    return bool(_PAST.search(small(sentence)))


def received(sentence: str) -> bool:
    """Whether it says that something has come to whoever writes."""
    low = small(sentence)
    return bool(_RECEIVED.search(low)) and not (_NOT.search(low) or low.rstrip().endswith("?"))


def as_promised(sentence: str) -> bool:
    """Whether it refers to a promise by itself."""
    low = small(sentence)
    return bool(_AS_PROMISED.search(low) or _COMES_NOW.search(low))


def denies(sentence: str) -> bool:
    return bool(_NOT.search(small(sentence)))


@lru_cache(8192)
def is_a_part(words: str) -> bool:
    """Whether it speaks of a rest, or of a first part."""
    return bool(_A_PART.search(small(words)))


def answers(one: Told, question: str, asked: frozenset[str]) -> bool:
    """Whether a sentence can be what was asked for: of the same words, a yes or no, a number, one of two, who, or "it"."""
    if one.deed not in {"tells", "gives"}:
        return False
    if is_of(one, question, asked) or _ANSWER.search(small(one.text)) or not question:
        return True
    return question.rstrip().endswith("?") and _answers_question(one.text, question)


def is_of(one: Told, wanted: str, about: frozenset[str]) -> bool:
    """Whether a sentence says something of what was wanted: by its words, or by a name where one was wanted."""
    if one.deed not in {"tells", "gives"}:
        return False
    return alike(about, one.about) or bool(_WHO.search(small(wanted)) and _NAME.search(one.text))


def _answers_question(sentence: str, question: str) -> bool:
    if _IT.search(small(sentence)):
        return True
    words = {word.casefold() for word in _WORD.findall(sentence)}
    return bool(words) and words <= {word.casefold() for word in _WORD.findall(question)}


def offers_a_time(one: Told) -> bool:
    """Whether it asks for no more than whether a day suits: "Funkar tisdagen den 28 september?"."""
    return one.deed == "asks" and bool(_DAY.search(small(one.text)))


def asks_back(request: str) -> bool:
    """Whether a request wants to know something first; "anmäl er i receptionen" does not."""
    low = small(request)
    if _WAS_ASKED.search(low):
        return False
    return "?" in request or bool(_ASKS_FOR.search(_INVITES.sub("", low) if _INVITING.search(low) else low))


def is_done(sentence: str) -> bool:
    """Whether it says of something that it is there: finished, signed, published, sent."""
    low = small(sentence)
    return bool(_DONE.search(low)) and not _NOT.search(low)


def meets(sentence: str) -> bool:
    """Whether what it promises is to be somewhere, not to send or to tell."""
    return bool(_MEETS.search(small(sentence)))


@lru_cache(8192)
def is_planned(sentence: str) -> bool:
    """Whether it tells what somebody does at a time to come: "Utlåtandet skriver han under februari"."""
    low = small(sentence)
    return bool(_IN_FUTURE.search(low) and _SOMEBODY_DOES.search(low))


def states_a_day(sentence: str) -> bool:
    """Whether it tells for which day something is settled: "Vi tillträder den 1 september", but not "Vi tar det den 1 september"."""
    low = small(sentence)
    return bool(_DAY.search(low)) and not (_THAT.search(low) or puts_off(sentence))


def announces(sentence: str) -> bool:
    """Whether one sentence says that something comes with this letter."""
    return _announces(sentence, small(sentence))


def _announces(sentence: str, low: str) -> bool:
    as_promised = _AS_PROMISED.search(low) and _DELIVERS.search(low)
    below = low.endswith(":") and _GIVES_BELOW.search(low)
    if not (as_promised or below or _HERE.search(low) or _COMES_NOW.search(low)):
        return False
    return not (low.rstrip().endswith("?") or puts_off(sentence))


@lru_cache(1024)
def puts_off(words: str) -> bool:
    """Whether one of the sentences says that what was wanted comes later, or cannot come."""
    return any(_later(small(sentence)) for sentence in _sentences(words))


def _later(low: str) -> bool:
    if _INVITING.search(low):
        low = _INVITES.sub("", low)
    ahead = bool(_IN_FUTURE.search(low))
    # of a thing that is here, a day tells which one it is
    dated = _DAY.search(low) and not (_HERE.search(low) or _SINCE.search(low))
    if _SENDS.search(low) and (ahead or dated):
        return True
    if not ahead and _INSTEAD.search(low):
        return False
    if ahead and _WE_WILL.search(low):
        return True
    return bool(_PUTS_OFF.search(low if ahead else _COMES_NOW.sub("", low)))


@lru_cache(1024)
def only_thanks(words: str) -> bool:
    """Whether a letter says no more than that another one has come: thanks, and at most two names."""
    cut = _SIGN_OFF.search(small(words))
    said = re.findall(r"\w+", words[: cut.start()] if cut else words)
    rest = [word for word in said if word.casefold() not in _THANKS]
    names = len(rest) <= 2 and all(word[:1].isupper() for word in rest)
    return names and not _ANSWER.search(small(" ".join(rest)))  # "Åtta." begins as a name does


def _sentences(words: str) -> list[str]:
    """Sentences of one line each."""
    return [" ".join(words[start:end].split()) for start, end in sentences(words)]


@lru_cache(8192)
def topic(text: str) -> frozenset[str]:
    """The words by which one tells what a sentence is about: long, not common, no names; folded."""
    found = ((match.start() == 0, match[0]) for match in _WORD.finditer(text))
    words = (word.casefold() for first, word in found if first or word.islower())
    return frozenset(word for word in words if not _is_common(word) and word not in _SENDING)


def _is_common(word: str) -> bool:
    return word[:_STEM] in _COMMON and not _NO_COMMON.match(word)


@lru_cache(8192)
def matter(text: str) -> frozenset[str]:
    """Its topic, with what it names in short words: "hyra", "krav"."""
    return topic(text) | short_names(small(text))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two topics share a word, or name one kind of thing by several (`crm.things`): minutes are notes."""
    if not one or not other:
        return False
    return share(one, other) or not kinds(one).isdisjoint(kinds(other))


def share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of one begins, or is a part of, a word of the other: "ritningarna", "planritning"."""
    if not one or not other:
        return False
    return _begins(one, _line(other)) or _begins(other, _line(one))


def _begins(words: frozenset[str], line: str) -> bool:
    for stem in _stems(words):  # noqa: SIM110 (asked of every pair of promise and letter: a generator takes twice as long)
        if stem in line:
            return True
    return False


@lru_cache(8192)
def _stems(words: frozenset[str]) -> tuple[str, ...]:
    """What each of these words begins with; of one with four letters beside its ending, a blank and these: "dörren"."""
    return tuple(" " + word[:4] if _OF_FOUR.fullmatch(word) else word[:_STEM] for word in words)


@lru_cache(8192)
def _line(words: frozenset[str]) -> str:
    """The words one after the other, each after a blank, so that one look finds a stem in any of them."""
    return " " + " ".join(words)


def are_twice_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two words of a topic, each of another beginning, are those of another."""
    return len({word[:_STEM] for word in one if alike(frozenset({word}), other)}) > 1
