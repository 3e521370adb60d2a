"""Sentences of Swedish officials, landlords, ministries and private people, read on Monday 14 March 2022.

A line is `sender | what is expected | sentence`. Expected: kind, obligor, due_start and due_end (.. is open or
none); - is no follow-up at all. Senders: agency, municipality, landlord, ministry, private.
"""

POSITIVE = """
agency | commitment sender 2022-03-25 2022-03-25 | Jag återkommer till dig fredagen den 25 mars.
agency | commitment sender .. 2022-03-31 | Ni kan räkna med att vi hör av oss senast den 31 mars.
agency | commitment sender 2022-04-01 2022-04-30 | I april skickar vi över ett förslag till samverkansavtal.
agency | commitment sender 2022-04-04 2022-04-10 | Vi räknar med att kunna återkoppla vecka 14.
agency | commitment sender .. .. | Vi hör av oss så snart vi vet mer.
agency | commitment sender .. .. | Jag kollar med vår jurist och hör av mig.
agency | commitment sender 2022-03-15 2022-03-15 | Ringer dig i morgon!
municipality | commitment sender 2022-03-21 2022-03-27 | Jag ska prata med vår fastighetschef och mejlar dig nästa vecka.
municipality | commitment sender .. 2022-04-14 | Kommunen avser att lämna ett skriftligt besked före påsk.
municipality | commitment sender 2022-05-01 2022-05-31 | Under maj kommer samhällsbyggnadsförvaltningen att ta fram ett underlag.
municipality | commitment sender .. 2022-04-08 | Vi tar upp frågan i ledningsgruppen och lämnar besked senast den 8 april.
municipality | commitment sender .. .. | Jag undersöker saken och återkommer.
landlord | commitment sender .. 2022-03-28 | Hyresförslaget skickas till er inom två veckor.
landlord | commitment sender 2022-03-18 2022-03-18 | På fredag får ni en reviderad ritning av oss.
landlord | commitment sender .. 2022-04-29 | Vi åtgärdar ventilationen senast den 29 april.
landlord | commitment sender 2022-03-17 2022-03-17 | Jag lovar att skicka offerten på torsdag.
landlord | commitment sender .. .. | Avtalsförslag kommer att skickas till er inom kort.
ministry | commitment sender 2022-06-01 2022-06-30 | Departementet återkommer med kompletterande frågor i juni.
ministry | commitment sender .. 2022-04-01 | Vi lämnar våra synpunkter på redovisningen senast den 1 april.
private | commitment sender 2022-03-19 2022-03-20 | hör av mig i helgen
private | commitment sender 2022-03-16 2022-03-16 | jag mejlar dig bilderna på onsdag
agency | commitment sender 2022-03-21 2022-03-22 | Vi ser över tidplanen och återkommer i början av nästa vecka.
agency | commitment sender .. 2022-12-15 | Vi återkommer så snart styrelsen har fattat beslut, dock senast den 15 december.
agency | commitment sender .. .. | Jag får be att få återkomma i denna fråga inom kort.
agency | commitment sender .. .. | Undertecknad återkommer med närmare information.
agency | commitment sender 2022-04-01 .. | Vi kan ge er besked tidigast den 1 april.
agency | commitment sender 2022-04-11 .. | Vi kan inte återkomma med besked förrän den 11 april.
agency | commitment sender 2022-10-01 2022-12-31 | Vi planerar att återkomma till er under fjärde kvartalet 2022.
agency | commitment sender 2022-03-21 2022-03-27 | Jag bifogar tidplanen och återkommer nästa vecka med resten.
agency | commitment sender 2022-08-21 2022-08-31 | Statens servicecenter återkommer i slutet av augusti för en fortsatt dialog.
agency | commitment sender .. 2022-03-18 | Protokollet skickas ut senast på fredag.
agency | commitment third_party 2022-03-18 2022-03-18 | Min kollega Anna Berg kontaktar er på fredag.
agency | commitment third_party .. 2022-03-25 | Hyresvärden har åtagit sig att lämna ett prisförslag senast den 25 mars.
agency | commitment third_party 2022-03-14 2022-03-20 | Klara hör av sig till dig i veckan.
agency | commitment third_party 2022-04-01 2022-04-30 | Fastighetsägaren återkommer med ritningar i april.
agency | commitment third_party 2022-03-21 2022-03-21 | Jag har bett vår projektledare kontakta er måndagen den 21 mars.
municipality | commitment third_party .. 2022-04-01 | Polisen har lovat att svara senast den 1 april.
municipality | commitment third_party 2022-03-21 2022-03-27 | Vår jurist kommer att höra av sig till er nästa vecka.
landlord | commitment third_party 2022-03-18 2022-03-18 | Entreprenören skickar en ny tidplan på fredag.
agency | commitment recipient 2022-04-01 2022-04-30 | Vi har förstått att ni återkommer i april.
agency | request recipient .. 2022-03-25 | Kan du skicka över ritningarna senast fredagen den 25 mars?
agency | request recipient .. 2022-03-18 | Skulle ni kunna bekräfta tiden senast på fredag?
agency | request recipient .. 2022-04-08 | Vänligen inkom med era synpunkter senast den 8 april.
agency | request recipient .. 2022-04-08 | Vi behöver ert svar senast den 8 april 2022.
agency | request recipient .. 2022-04-07 | Vi önskar få in underlaget före den 8 april.
agency | request recipient .. 2022-04-08 | Tacksam för svar senast 8/4.
agency | request recipient .. 2022-04-08 | Vi vore tacksamma om ni kunde återkomma senast den 8 april.
agency | request recipient .. 2022-04-08 | Det vore bra om du kunde titta på utkastet före den 9 april.
agency | request recipient .. 2022-03-31 | Vi ber er återkomma med besked senast den 31 mars.
agency | request recipient .. 2022-03-31 | Ni ombeds lämna kontaktuppgifter till er fastighetschef senast den 31 mars.
agency | request recipient .. .. | Återkom gärna med förslag på tider.
agency | request recipient .. .. | Har ni möjlighet att skicka en planlösning?
agency | request recipient .. .. | Kan ni ge oss en uppdatering?
agency | request recipient .. .. | Skicka gärna över en lista på möjliga lokaler.
agency | request recipient .. .. | När kan vi förvänta oss besked från er?
agency | request recipient 2022-03-16 2022-03-16 | Kan du ringa mig på onsdag?
agency | request recipient .. 2022-05-06 | OSA senast den 6 maj.
agency | request recipient .. 2022-05-06 | O.s.a. senast 6 maj till registrator@statenssc.se
agency | request recipient .. 2022-03-24 | Meddela oss senast den 24 mars om ni kan delta.
agency | request recipient .. .. | Vi saknar fortfarande ert svar på vår fråga om parkeringsplatser.
agency | request recipient .. .. | Jag har ännu inte fått någon återkoppling från er.
agency | request recipient .. 2022-04-01 | Ni behöver lämna in underlaget senast den 1 april.
agency | request recipient .. 2022-03-25 | Vi hoppas att ni kan svara senast den 25 mars.
agency | request recipient .. 2022-03-28 | Vi ser gärna att ni återkommer inom 14 dagar.
agency | request recipient .. 2022-03-18 | Glöm inte att skicka in enkäten senast på fredag.
agency | request recipient .. .. | Vi inväntar ert svar.
municipality | request recipient .. 2022-03-25 | Vi behöver få veta hur stor yta ni behöver senast den 25 mars.
municipality | request recipient .. .. | Kan ni skicka kravspecifikationen till mig?
municipality | request recipient .. 2022-04-01 | För att hinna med nämndens beredning behöver vi era handlingar senast 1 april.
municipality | request recipient 2022-03-14 2022-03-20 | Går det bra att ni skickar underlaget i veckan?
landlord | request recipient .. 2022-03-31 | Vänligen underteckna avtalet och returnera ett exemplar senast den 31 mars 2022.
landlord | request recipient .. 2022-03-18 | Godkänn ritningarna senast på fredag, tack.
landlord | request recipient .. .. | Kan ni bekräfta att ritningarna stämmer?
landlord | request recipient .. 2022-04-15 | Ni ska lämna besked om hyresgästanpassningen senast den 15 april.
ministry | request recipient .. 2022-04-20 | Statens servicecenter ombeds inkomma med ett yttrande senast den 20 april.
ministry | request recipient .. 2022-04-20 | Regeringskansliet emotser ert yttrande senast den 20 april 2022.
ministry | deadline recipient .. 2022-06-30 | Remissvaren ska ha kommit in till Finansdepartementet senast den 30 juni 2022.
ministry | deadline recipient .. 2022-10-01 | Uppdraget ska redovisas till Regeringskansliet senast den 1 oktober 2022.
private | request recipient .. .. | kan du kolla om det går att flytta min tid?
private | request recipient .. .. | Skulle du kunna ringa mig?
private | request recipient .. 2022-03-18 | svara gärna innan lördag
agency | deadline recipient .. 2022-05-06 | Sista dag för svar: 6 maj
agency | deadline recipient .. 2022-05-06 | Sista dagen att lämna synpunkter är den 6 maj.
agency | deadline recipient .. 2022-05-06 | Sista svarsdag är fredagen den 6 maj 2022.
agency | deadline recipient .. 2022-05-06 | Deadline för inlämning är 6 maj.
agency | deadline recipient .. 2022-05-06 | Svar senast: 2022-05-06
agency | deadline recipient .. 2022-05-06 | Remisstiden går ut den 6 maj 2022.
agency | deadline recipient .. 2022-05-06 | Anmälan senast den 6 maj.
agency | deadline recipient .. 2022-05-06 | Svar ska ha inkommit senast den 6 maj.
agency | deadline recipient .. 2022-05-06 | Anmälan ska vara oss tillhanda senast den 6 maj.
agency | deadline recipient .. 2022-05-06 | Ansökningar ska skickas till registrator@statenssc.se senast den 6 maj.
municipality | deadline recipient .. 2022-04-01 | Synpunkter på detaljplanen lämnas senast den 1 april.
agency | deadline recipient .. 2022-03-31 | Om vi inte har hört något från er senast den 31 mars utgår vi från att förslaget godtas.
agency | deadline sender .. 2022-10-03 | Uppdraget ska delredovisas till regeringen senast den 3 oktober 2022.
agency | commitment sender .. 2023-02-22 | Statens servicecenter ska redovisa uppdraget till Regeringskansliet senast den 22 februari 2023.
agency | meeting both 2022-03-22 2022-03-22 | Vi ses tisdagen den 22 mars kl. 10.
agency | meeting both 2022-03-22 2022-03-22 | Möte: 22 mars kl. 13.00–14.30, Teams
agency | meeting both 2022-03-29 2022-03-29 | Startmötet är bokat till den 29 mars.
agency | meeting both 2022-03-29 2022-03-29 | Mötet den 22 mars flyttas till den 29 mars.
agency | meeting both 2022-03-22 2022-03-23 | Vi föreslår ett avstämningsmöte den 22 eller 23 mars.
agency | meeting both 2022-03-17 2022-03-17 | Kan vi ses på torsdag?
agency | meeting both 2022-03-17 2022-03-17 | Passar torsdag kl. 9 för en kort avstämning?
agency | meeting both 2022-04-04 2022-04-10 | Vi kommer gärna ut till er vecka 14.
agency | meeting both 2022-04-05 2022-04-05 | Härmed kallas ni till slutbesiktning den 5 april klockan 9.
agency | meeting both 2022-05-20 2022-05-20 | Varmt välkomna till invigningen den 20 maj kl. 11!
agency | meeting both 2022-04-06 2022-04-06 | Nästa avstämning blir onsdagen den 6 april.
agency | meeting both 2022-03-16 2022-03-16 | Vi hörs på onsdag!
agency | meeting both 2022-03-30 2022-03-30 | Har ni möjlighet att träffas den 30 mars?
agency | meeting both 2022-03-24 2022-03-24 | Hur ser det ut för dig den 24 mars?
agency | meeting both .. .. | Kan vi boka ett möte?
municipality | meeting both 2022-04-07 2022-04-07 | Vi bjuder in er till ett dialogmöte den 7 april.
municipality | meeting both 2022-03-21 2022-04-03 | Ett platsbesök kan genomföras vecka 12 eller vecka 13.
municipality | meeting both 2022-03-31 2022-03-31 | Jag har bokat in oss för ett möte den 31 mars.
landlord | meeting both 2022-03-23 2022-03-23 | Visning sker den 23 mars kl 14.
landlord | meeting both 2022-04-12 2022-04-12 | Slutbesiktning: 12 april kl. 08.30
landlord | meeting both 2022-03-23 2022-03-24 | Förslag på tider för visning: onsdag den 23 mars eller torsdag den 24 mars.
private | meeting both 2022-03-18 2022-03-18 | ska vi ses på fredag?
agency | commitment sender 2022-03-28 2022-04-03 | Under vecka 13 kommer vi att kontakta er för att boka ett första möte.
agency | commitment sender 2022-04-21 2022-04-30 | Vår ambition är att återkomma till er i slutet av april.
agency | commitment sender .. 2022-04-01 | Jag ska försöka få fram ett svar till den 1 april, senast.
agency | commitment sender .. .. | Vi tar med oss frågan och återkopplar.
agency | commitment sender 2022-03-18 2022-03-18 | Jag återkommer senare, troligtvis på fredag.
agency | commitment sender .. 2022-03-18 | Du får svar senast på fredag.
agency | commitment sender 2022-03-21 2022-03-27 | Ett förslag till avtal skickas till er under nästa vecka.
agency | commitment sender .. 2022-06-30 | Vi kommer att lämna besked i frågan före halvårsskiftet.
agency | commitment sender 2022-09-01 2022-11-30 | Vi avser att återuppta dialogen med er i höst.
agency | commitment sender 2022-03-15 2022-03-15 | Jag skickar Teamslänken i morgon bitti.
agency | commitment sender .. .. | Vi återkommer när lokalfrågan är löst.
agency | commitment sender .. .. | Information om nästa steg kommer att lämnas så snart beslut har fattats.
agency | commitment sender 2022-04-04 2022-04-08 | Vi utför inventeringen den 4–8 april.
agency | commitment sender 2022-03-16 2022-03-16 | Jag hör med Peter på lokalförsörjning och ringer upp dig på onsdag.
agency | commitment sender .. 2022-03-16 | Senast på onsdag ska du ha ett svar från mig.
municipality | commitment sender .. 2022-05-15 | Vi räknar med att kunna presentera två lokalalternativ senast den 15 maj.
municipality | commitment sender 2022-04-05 2022-04-05 | Jag lyfter frågan med kommunchefen den 5 april.
municipality | commitment sender 2022-03-14 2022-03-20 | Kommunen inkommer med kompletterande uppgifter under veckan.
municipality | commitment sender .. 2022-03-31 | Lysekils kommun lämnar sitt yttrande senast den 31 mars.
municipality | commitment sender .. .. | Vi ser över vilka lokaler som kan vara aktuella och återkommer därefter till er.
landlord | commitment sender 2022-04-11 2022-04-17 | Vi målar om och lämnar över nycklarna vecka 15.
landlord | commitment sender .. .. | Jag återkommer med en ritning så fort arkitekten är klar.
landlord | commitment sender 2022-03-24 2022-03-24 | Offert kommer på torsdag nästa vecka.
landlord | commitment sender .. 2022-04-01 | Vi har beställt nya dörrar och lovar att de är på plats senast den 1 april.
ministry | commitment sender 2022-04-01 2022-04-30 | Vi planerar att skicka ut remissen i april.
private | commitment sender 2022-03-18 2022-03-18 | Ok, då skickar jag in blanketten på fredag.
private | commitment sender 2022-03-14 2022-03-14 | Jag ringer er i eftermiddag.
agency | commitment third_party 2022-03-21 2022-03-27 | Karin Öberg på vår lokalenhet hör av sig till er nästa vecka.
agency | commitment third_party .. 2022-03-25 | Hyresvärden ska ta fram en kalkyl senast den 25 mars.
agency | commitment third_party 2022-04-01 2022-04-30 | Kommunen har meddelat att de återkommer i april.
agency | commitment third_party .. .. | Hyresvärden återkommer med ett förslag.
municipality | commitment third_party 2022-03-18 2022-03-18 | Jag har skickat frågan till vår IT-chef, som återkommer på fredag.
municipality | commitment third_party 2022-03-21 2022-03-27 | Jag är sjukskriven men min ersättare Bo Hed svarar dig nästa vecka.
landlord | commitment third_party .. 2022-04-08 | Elektrikern har lovat att bli klar senast den 8 april.
agency | request recipient 2022-03-21 2022-03-27 | Enligt överenskommelse skickar ni en reviderad ritning nästa vecka.
agency | request recipient .. 2022-04-08 | Vi önskar att ni återkommer med era synpunkter senast den 8 april.
agency | request recipient .. 2022-04-08 | Era synpunkter önskas senast den 8 april.
agency | request recipient .. 2022-04-08 | Vi ser fram emot ert svar senast den 8 april.
agency | request recipient .. .. | Vi ber om ert skyndsamma besked.
agency | request recipient .. 2022-04-08 | För att hålla tidplanen behöver vi ha ert besked senast den 8 april.
agency | request recipient 2022-03-21 2022-03-27 | Kan du återkomma till mig under nästa vecka?
agency | request recipient .. 2022-03-17 | Behöver svar senast torsdag.
agency | request recipient .. 2022-03-25 | Kan ni komma in med en komplettering senast den 25 mars vore det bra.
agency | request recipient .. .. | Jag undrar om ni har hunnit titta på hyresavtalet?
agency | request recipient .. .. | Har du hunnit titta på utkastet?
agency | request recipient .. .. | Jag skulle vilja ha en kopia på ritningarna.
agency | request recipient .. .. | Vi behöver er återkoppling så snart som möjligt.
agency | request recipient .. .. | Snälla svara så fort du kan.
agency | request recipient .. 2022-03-31 | Därför ber vi dig att senast den 31 mars fylla i bifogad blankett.
agency | request recipient .. 2022-03-31 | Vi vill ha in era önskemål senast den 31 mars.
agency | request recipient .. 2022-03-31 | Fyll i bilagan och skicka den till oss senast den 31 mars.
agency | request recipient 2022-03-14 2022-03-14 | Kan du kika på detta idag?
agency | request recipient .. .. | Vi har fortfarande inte hört något från er.
agency | request recipient .. .. | Undrar när vi kan få besked?
agency | request recipient .. 2022-03-31 | Vi påminner om att ni ska skicka in underlaget senast den 31 mars.
agency | request recipient .. 2022-03-31 | Jag behöver dina kommentarer till på torsdag den 31 mars, senast.
municipality | request recipient .. 2022-04-04 | Vi förutsätter att Statens servicecenter svarar senast den 4 april.
municipality | request recipient .. .. | Kan ni förtydliga vad ni menar med publikt läge?
landlord | request recipient .. 2022-03-25 | Bekräfta gärna planlösningen senast den 25 mars så att vi kan beställa väggarna.
landlord | request recipient .. 2022-03-25 | Vi behöver er underskrift senast den 25 mars.
ministry | request recipient .. 2022-04-20 | Myndigheten ska inkomma med underlaget senast den 20 april.
ministry | deadline recipient .. 2022-04-20 | Underlaget ska ha inkommit till departementet senast den 20 april.
private | request recipient .. .. | kan ni svara på när kontoret öppnar?
private | request recipient .. .. | Snälla hör av er till mig!
agency | deadline recipient .. 2022-05-06 | Sista anmälningsdag: 6 maj 2022
agency | deadline recipient .. 2022-05-06 | Synpunkter: senast 6 maj
agency | deadline recipient .. 2022-05-06 | Svarsfristen löper ut fredagen den 6 maj.
agency | deadline recipient .. 2022-05-06 | Anmälan görs via länken senast den 6 maj.
agency | deadline recipient .. 2022-05-06 | Skriftliga synpunkter ska lämnas senast den 6 maj 2022 till registrator@statenssc.se.
agency | deadline sender .. 2022-11-01 | En delrapport ska lämnas till regeringen senast den 1 november.
agency | meeting both 2022-03-22 2022-03-22 | Nästa möte: tisdag 22 mars 10:00-11:00
agency | meeting both 2022-03-22 2022-03-22 | Du är inbjuden till startmöte den 22 mars.
agency | meeting both 2022-03-22 2022-03-22 | Avstämningsmötet äger rum den 22 mars kl. 15.
agency | meeting both 2022-04-18 2022-04-24 | Skulle vecka 16 fungera för ett platsbesök?
agency | meeting both 2022-03-29 2022-03-29 | Vi måste tyvärr flytta mötet till den 29 mars.
agency | meeting both 2022-03-29 2022-03-29 | Mötet på tisdag är inställt, nytt möte den 29 mars.
agency | meeting both 2022-03-22 2022-03-24 | Jag kan den 22, 23 eller 24 mars, vilket passar er?
agency | meeting both 2022-03-22 2022-03-22 | Kan vi träffas den 22 mars för en genomgång?
municipality | meeting both 2022-04-27 2022-04-27 | Vi hälsar er välkomna till kommunhuset den 27 april kl. 13.
landlord | meeting both 2022-03-23 2022-03-23 | Vi kan visa lokalen onsdagen den 23 mars kl. 10.
landlord | meeting both 2022-05-31 2022-05-31 | Överlämning av nycklar sker den 31 maj kl. 9.
private | meeting both 2022-03-17 2022-03-17 | funkar torsdag för dig?
agency | commitment sender 2022-04-25 2022-05-01 | Vi hoppas kunna ge ett mer detaljerat besked vecka 17.
agency | commitment sender .. 2022-04-30 | Ett undertecknat avtal översänds senast den 30 april.
agency | commitment sender 2022-04-01 2022-04-30 | I april tar vi kontakt med er igen.
agency | commitment sender 2022-03-29 2022-03-29 | Jag stämmer av med vår ekonomiavdelning och ger besked tisdagen den 29 mars.
agency | commitment sender .. 2022-04-04 | Vi bereder frågan internt och ni har vårt svar senast den 4 april.
agency | commitment sender .. 2022-03-21 | Du hör från mig inom en vecka.
agency | commitment sender .. .. | Återkommer!
agency | commitment sender .. .. | Jag återkommer till er när jag vet mer.
agency | commitment sender .. .. | Vi planerar för en första kontakt med fastighetsägaren vecka 13 och återkopplar därefter.
municipality | commitment sender 2022-04-05 2022-04-05 | Jag kan lämna ett preliminärt svar redan den 5 april.
municipality | commitment sender .. 2022-03-25 | Jag ska se till att du får kontaktuppgifterna senast den 25 mars.
municipality | commitment sender .. 2022-04-29 | Nämndens yttrande skickas till er senast den 29 april.
municipality | commitment sender .. .. | Vi hör av oss igen när ärendet har behandlats i nämnden.
municipality | commitment sender 2022-06-14 .. | Vi kan återkomma först efter kommunfullmäktige den 13 juni.
landlord | commitment sender 2022-03-21 2022-03-27 | Jag skickar en snickare till er under nästa vecka.
landlord | commitment sender .. 2022-05-01 | Ventilationen ska vi ha åtgärdat senast den 1 maj.
landlord | commitment sender .. .. | Vi återkommer med offert så snart vi fått in priser från entreprenören.
ministry | commitment sender 2022-05-01 2022-05-31 | Vi avser att kalla till ett uppföljande samtal under maj.
private | commitment sender 2022-03-15 2022-03-15 | skickar kopia imorgon
agency | commitment third_party .. 2022-04-01 | Enligt fastighetsägaren kommer ritningarna att skickas senast den 1 april.
agency | commitment third_party 2022-03-21 2022-03-27 | Projektledaren Sara Holm kommer att kontakta dig under nästa vecka.
agency | commitment third_party .. 2022-03-25 | Lokalförsörjningsenheten återkommer till er senast den 25 mars.
municipality | commitment third_party .. .. | Jag har skickat ditt mejl vidare till vår mark- och exploateringschef som återkommer till dig.
landlord | commitment third_party 2022-03-17 2022-03-17 | Arkitekten hör av sig till er på torsdag.
agency | request recipient .. 2022-03-25 | Vi skulle uppskatta om ni kunde skicka in ert underlag senast den 25 mars.
agency | request recipient .. 2022-03-25 | Vi är tacksamma om vi får ert svar senast den 25 mars.
agency | request recipient .. 2022-03-25 | Er återkoppling behöver vi senast den 25 mars.
agency | request recipient .. 2022-03-25 | Låt oss få veta senast den 25 mars vilka tider som passar.
agency | request recipient .. 2022-03-25 | Hör av dig till mig senast den 25 mars.
agency | request recipient .. 2022-03-25 | Kan ni senast den 25 mars ange vilka lokaler som kan komma i fråga?
agency | request recipient .. 2022-03-25 | Maila era kommentarer till mig senast den 25/3.
agency | request recipient .. 2022-03-25 | Vänligen bekräfta ert deltagande senast 25 mars.
agency | request recipient .. 2022-03-28 | Vi ber om ert besked inom två veckor.
agency | request recipient .. 2022-03-31 | Vi vill att ni redovisar era kostnader senast den 31 mars.
agency | request recipient .. 2022-03-31 | Ni får gärna återkomma senast den 31 mars.
agency | request recipient .. 2022-03-31 | Kommunen ombeds återkomma senast den 31 mars.
agency | request recipient .. .. | Skulle du kunna skicka mig senaste versionen av hyresavtalet?
agency | request recipient .. .. | Har ni någon möjlighet att ta fram en planritning?
agency | request recipient .. .. | Kan du kolla upp vem som äger fastigheten?
agency | request recipient .. .. | Vänligen återkom.
agency | request recipient .. .. | Vi emotser ert svar.
agency | request recipient .. .. | Får jag be dig kontrollera uppgifterna?
agency | request recipient .. .. | Vem hos er kan jag kontakta?
agency | request recipient .. .. | Vi vill gärna ha era synpunkter på förslaget.
municipality | request recipient 2022-03-14 2022-03-20 | Kan ni ge besked om lokalytan den här veckan?
municipality | request recipient .. .. | Vi önskar få del av er kravspecifikation.
municipality | request recipient .. 2022-04-01 | Skicka fakturan senast den 1 april till ekonomi@lysekil.se.
landlord | request recipient .. 2022-04-01 | Meddela vilken färg ni vill ha på väggarna senast 1 april.
landlord | request recipient .. 2022-04-01 | För att vi ska kunna beställa inredningen i tid måste vi ha er beställning senast den 1 april.
private | request recipient .. .. | kan ni ringa upp mig så fort som möjligt
agency | deadline recipient .. 2022-05-06 | Svar på remissen ska lämnas senast den 6 maj 2022.
agency | deadline recipient .. 2022-05-06 | Sista dag för synpunkter är 2022-05-06.
agency | deadline recipient .. 2022-05-06 | Tidsfristen för komplettering är den 6 maj.
agency | deadline recipient .. 2022-05-06 | Hör vi inget från er senast den 6 maj betraktar vi ärendet som avslutat.
agency | deadline sender .. 2023-02-22 | Årsredovisningen ska lämnas till regeringen senast den 22 februari 2023.
ministry | deadline recipient .. 2024-02-23 | Uppdraget ska slutredovisas till Regeringskansliet (Finansdepartementet) senast den 23 februari 2024.
agency | meeting both 2022-03-28 2022-04-03 | Vi föreslår ett uppstartsmöte under vecka 13.
agency | meeting both 2022-03-22 2022-03-22 | Tid för möte: tisdagen den 22 mars kl. 9.30–11
agency | meeting both 2022-03-22 2022-03-22 | Vi har bokat ett videomöte med er den 22 mars.
agency | meeting both 2022-03-29 2022-03-29 | Mötet skjuts upp till den 29 mars.
agency | meeting both 2022-03-29 2022-03-29 | Ny tid för besiktningen är den 29 mars kl. 8.
agency | meeting recipient 2022-03-22 2022-03-22 | Skulle du kunna delta på ett möte den 22 mars?
agency | meeting both 2022-04-04 2022-04-10 | Vi skulle vilja träffa er vecka 14.
agency | meeting both 2022-03-22 2022-03-22 | Påminnelse: avstämning tisdag 22 mars kl 10
municipality | meeting both 2022-04-04 2022-04-10 | Ni är välkomna att besöka oss vecka 14.
municipality | meeting both 2022-04-20 2022-04-20 | Samråd om detaljplanen hålls den 20 april.
landlord | meeting both 2022-03-24 2022-03-24 | Kan ni komma på visning torsdagen den 24 mars?
landlord | meeting both 2022-03-24 2022-03-24 | Vi syns på plats den 24 mars kl. 10.
private | meeting both 2022-03-18 2022-03-18 | jag har bokat tid hos er på fredag kl 10
agency | commitment sender 2022-04-11 2022-04-20 | I mitten av april hör vi av oss för att boka in ett första möte.
agency | commitment sender .. .. | Så snart vi har ett underskrivet avtal meddelar vi er.
agency | commitment sender 2022-03-21 2022-03-27 | Vi har tagit emot era handlingar och kommer att gå igenom dem under nästa vecka.
agency | commitment sender .. 2022-05-31 | Vår målsättning är att lämna besked före den 1 juni.
agency | commitment sender 2022-03-17 2022-03-17 | Jag tar upp detta på vårt interna möte och återkommer på torsdag.
agency | commitment sender 2022-03-14 2022-03-14 | Jag skickar länken senare idag.
agency | commitment sender .. 2022-03-18 | Min avsikt är att ha ett utkast klart till på fredag, senast.
agency | commitment sender .. .. | Vi undersöker möjligheterna och återkommer till er i frågan.
agency | commitment sender 2022-04-01 .. | Beslut kan meddelas tidigast den 1 april.
agency | commitment sender .. 2022-03-28 | Ni kommer att få en kallelse inom två veckor.
municipality | commitment sender .. 2022-04-29 | Vi ber att få återkomma med ett samlat svar senast den 29 april.
municipality | commitment sender 2022-04-25 2022-05-01 | Samhällsbyggnadsförvaltningen lämnar förslag på lokaler vecka 17.
municipality | commitment sender .. 2022-03-18 | Jag skall försöka få fram uppgifterna senast fredag.
municipality | commitment sender 2022-04-06 2022-04-06 | Dagen efter sammanträdet, den 6 april, skickar jag protokollsutdraget till er.
landlord | commitment sender 2022-03-21 2022-03-27 | Vi låter en arkitekt rita om planlösningen och skickar den till er under vecka 12.
landlord | commitment sender .. 2022-06-30 | Vi förbinder oss att färdigställa lokalen senast den 30 juni.
landlord | commitment sender 2022-03-25 2022-03-25 | Nya ritningar kommer fredagen den 25 mars.
ministry | commitment sender .. .. | Vi bereder frågan och återkommer till myndigheten inom kort.
private | commitment sender 2022-03-16 2022-03-16 | Jag lämnar in blanketten hos er på onsdag.
agency | commitment third_party 2022-03-28 2022-04-03 | Kommunen har lovat besked under vecka 13.
agency | commitment third_party .. 2022-03-18 | Leverantören har utlovat leveransbesked senast på fredag.
agency | commitment third_party 2022-03-21 2022-03-27 | Maria på ekonomi återkommer till er om fakturan nästa vecka.
agency | commitment third_party .. 2022-04-15 | Skatteverket ska lämna sina krav på lokalen senast den 15 april.
municipality | commitment third_party .. .. | Jag har bett vår GIS-ingenjör att ta fram en karta.
landlord | commitment third_party 2022-03-15 2022-03-15 | Vår vaktmästare ringer dig i morgon.
agency | request recipient .. 2022-04-08 | Vi önskar ert svar snarast, dock senast den 8 april.
agency | request recipient .. 2022-04-08 | Svar önskas senast 2022-04-08.
agency | request recipient .. 2022-04-08 | Lämna gärna synpunkter på bifogat utkast, senast den 8 april.
agency | request recipient .. 2022-04-08 | Jag ser gärna att du svarar senast den 8 april.
agency | request recipient .. 2022-04-08 | Det är viktigt att ni svarar senast den 8 april.
agency | request recipient .. 2022-04-08 | Ni måste återkomma till oss senast den 8 april.
agency | request recipient .. 2022-04-08 | Kan vi få ert besked senast den 8 april?
agency | request recipient .. 2022-04-08 | Vi vill ha svar senast den 8 april.
agency | request recipient .. 2022-04-08 | Tack om du kan svara senast den 8 april.
agency | request recipient .. 2022-04-08 | Bekräfta att ni tagit emot detta senast den 8 april.
agency | request recipient .. 2022-04-08 | Jag skulle behöva era kommentarer senast den 8 april.
agency | request recipient .. 2022-03-21 | Inför mötet den 22 mars behöver vi få ritningarna.
agency | request recipient .. .. | Kan du återkomma om detta?
agency | request recipient .. .. | Har ni kommit fram till något?
agency | request recipient .. .. | Hur går det med ritningarna som ni skulle skicka?
agency | request recipient .. .. | Vi behöver veta vem som är behörig firmatecknare hos er.
agency | request recipient .. .. | Får vi be er skicka en kopia av bygglovet?
municipality | request recipient .. 2022-04-01 | Vi emotser er kravspecifikation senast den 1 april.
municipality | request recipient .. .. | Skicka gärna en bekräftelse på att ni fått detta.
landlord | request recipient .. 2022-04-30 | Om ni vill ha kvar lokalen på den reserverade listan måste vi få besked senast den 30 april.
landlord | request recipient .. .. | Vi saknar ert godkännande av planlösningen.
ministry | request recipient .. 2022-04-20 | Regeringskansliet önskar få myndighetens bedömning senast den 20 april.
private | request recipient .. .. | vore snällt om ni kunde svara
agency | deadline recipient .. 2022-04-08 | Sista datum för anmälan är den 8 april.
agency | request recipient .. 2022-04-08 | Anmäl er senast den 8 april.
agency | deadline recipient .. 2022-04-08 | Eventuella synpunkter ska vara oss tillhanda senast den 8 april.
agency | deadline recipient .. 2022-04-08 | Enkäten ska besvaras senast den 8 april.
agency | deadline recipient .. 2022-04-08 | Offerten ska vara inlämnad senast den 8 april.
agency | deadline sender .. 2022-09-30 | Delredovisningen ska lämnas till Regeringskansliet senast den 30 september.
agency | meeting both 2022-03-22 2022-03-22 | Mötet äger rum i kommunhuset den 22 mars kl. 10.
agency | meeting both 2022-03-22 2022-03-24 | Vi kan träffas den 22, 23 eller 24 mars.
agency | meeting both 2022-03-23 2022-03-23 | Kan vi flytta mötet till onsdag den 23 mars?
agency | meeting both 2022-03-22 2022-03-22 | Teamsmöte 22/3 kl 14-15
agency | meeting both 2022-03-22 2022-03-22 | Finns det möjlighet att ses den 22 mars?
agency | meeting both 2022-03-22 2022-03-22 | Vi har vårt nästa möte den 22 mars.
agency | meeting both 2022-04-04 2022-04-10 | Vi vill gärna besöka er under vecka 14.
agency | meeting both 2022-03-28 2022-04-10 | Finns det någon tid vecka 13 eller vecka 14 som passar för ett möte?
municipality | meeting both 2022-03-22 2022-03-22 | Bekräftar mötet den 22 mars kl 13.
landlord | meeting both 2022-04-01 2022-04-01 | Nyckelöverlämning fredag 1 april kl. 9.
private | meeting both 2022-03-15 2022-03-15 | vi ses imorgon kl 10 då
agency | commitment sender .. 2022-03-25 | Som jag nämnde i telefon kommer jag att skicka ett utkast till hyresavtal till dig senast den 25 mars.
agency | commitment sender 2022-04-01 2022-04-30 | Vi återkommer med en närmare precisering av ytbehovet i april.
agency | commitment sender .. .. | När behovsanalysen är klar kontaktar vi er för nästa steg.
agency | commitment sender 2022-03-16 2022-03-16 | Jag pratar med Klara på onsdag och återkommer sedan.
agency | commitment sender .. .. | Vi tittar på detta och hör av oss.
agency | commitment sender 2022-06-01 2022-08-31 | Vi kommer att kontakta er igen under sommaren.
agency | commitment sender .. 2022-04-30 | Vi åtar oss att lämna besked senast den sista april.
municipality | commitment sender .. 2022-03-31 | Vi kan skicka ritningarna senast den 31 mars.
municipality | commitment sender 2022-04-19 2022-04-24 | Jag är ledig över påsk men skickar underlaget till dig den 19–24 april.
landlord | commitment sender 2022-04-04 2022-04-10 | Vi byter låset vecka 14.
ministry | commitment sender 2022-04-21 2022-04-30 | Vi avser att lämna besked i slutet av april.
agency | commitment third_party 2022-03-21 2022-03-27 | Vår upphandlare Nils Ek återkommer till er under nästa vecka.
agency | commitment third_party .. 2022-04-01 | Fastighetsbolaget har utlovat en offert senast den 1 april.
municipality | commitment third_party .. .. | Hyresvärden lovade att återkomma.
agency | request recipient .. 2022-03-30 | Jag vore tacksam för besked senast onsdag den 30 mars.
agency | request recipient .. 2022-03-30 | Vi ber er därför att senast den 30 mars skicka in en lista över tänkbara lokaler.
agency | request recipient .. .. | Kan ni ta fram ett förslag på placering av entrén?
agency | request recipient .. 2022-03-30 | Kom gärna in med synpunkter senast den 30 mars.
agency | request recipient .. .. | Hör av er så snart ni vet hur ni ställer er till förslaget.
agency | request recipient 2022-03-21 2022-03-27 | Vi hoppas på svar från er nästa vecka.
agency | request recipient .. 2022-03-30 | Vi skulle vilja ha era synpunkter senast den 30 mars.
agency | deadline recipient .. 2022-03-30 | Underlaget behöver vara hos oss senast den 30 mars.
municipality | request recipient .. .. | Kan ni förklara hur ni tänker kring parkeringen?
landlord | request recipient .. 2022-03-18 | Jag behöver ett ok från er senast på fredag.
ministry | request recipient .. 2022-05-02 | Myndigheten ombeds att inkomma med en lägesrapport senast den 2 maj.
private | request recipient .. .. | Kan ni hjälpa mig att fylla i ansökan?
agency | deadline recipient .. 2022-04-15 | Sista ansökningsdag är den 15 april.
agency | deadline recipient .. 2022-04-15 | Remissvar ska lämnas senast den 15 april 2022.
agency | deadline recipient .. 2022-04-15 | Svarsdatum: 2022-04-15
agency | deadline sender .. 2022-10-01 | Uppdraget ska redovisas senast den 1 oktober 2022.
agency | meeting both 2022-04-06 2022-04-06 | Jag har skickat en möteskallelse till den 6 april.
agency | meeting both 2022-04-06 2022-04-06 | Onsdagen den 6 april kl. 9 håller vi ett informationsmöte för kommunerna.
agency | meeting both 2022-04-06 2022-04-06 | Välkommen på studiebesök hos oss den 6 april.
agency | meeting both 2022-04-06 2022-04-07 | Skulle du kunna ses den 6 eller 7 april?
municipality | meeting both 2022-04-06 2022-04-06 | Vi föreslår att vi ses den 6 april.
landlord | meeting both 2022-04-06 2022-04-06 | Besiktningen flyttas från den 30 mars till den 6 april.
private | meeting both 2022-03-16 2022-03-16 | kan vi höras på onsdag?
agency | commitment sender 2022-04-11 2022-04-20 | Vi räknar med att kunna lämna besked i mitten av april.
agency | commitment sender 2022-04-11 2022-04-17 | Vi räknar med att återkomma med en tidplan vecka 15.
agency | commitment sender .. .. | Jag återkommer så snart jag har pratat med hyresvärden.
agency | commitment sender .. 2022-03-31 | Ett skriftligt svar kommer att skickas till kommunen senast den 31 mars.
agency | commitment sender 2022-03-17 2022-03-17 | Jag ringer upp dig på torsdag förmiddag.
municipality | commitment sender 2022-04-21 2022-04-30 | I slutet av april lämnar kommunen besked om bygglov.
municipality | commitment sender .. 2022-04-01 | Vi ser till att ni får ritningarna senast den 1 april.
landlord | commitment sender .. 2022-04-01 | Offerten skickar jag senast den 1 april.
agency | commitment third_party 2022-03-18 2022-03-18 | Enligt Sara återkommer hyresvärden på fredag.
agency | commitment third_party 2022-04-01 2022-04-30 | Kommunens fastighetschef svarar i april.
agency | request recipient .. 2022-03-31 | Vi behöver en bekräftelse från er senast den 31 mars.
agency | request recipient .. 2022-03-31 | Ange önskemål om lokal senast den 31 mars.
agency | request recipient .. .. | Vi väntar fortfarande på er återkoppling.
agency | request recipient .. 2022-03-31 | Jag hoppas att du kan titta på detta före den 1 april.
agency | request recipient .. .. | Kan någon av er svara på frågan om parkering?
municipality | request recipient .. .. | Har ni tagit ställning till vårt förslag?
landlord | request recipient .. 2022-03-25 | Kan ni vara vänliga att svara senast den 25 mars?
agency | deadline recipient .. 2022-03-31 | Sista dag att anmäla intresse är den 31 mars 2022.
agency | meeting both 2022-03-29 2022-03-29 | Vi har flyttat fram mötet till den 29 mars.
agency | meeting both 2022-03-29 2022-03-29 | Du är välkommen på besök den 29 mars kl. 10.
agency | meeting both 2022-03-29 2022-03-29 | Jag bokar in oss den 29 mars kl. 10.
municipality | meeting both 2022-03-29 2022-03-29 | Den 29 mars kl. 10 passar bra för oss.
landlord | commitment sender .. 2022-03-18 | Som vi kom överens om skickar jag nya ritningar senast fredag.
agency | request recipient .. 2022-04-01 | Vi önskar besked om vilken vecka som passar bäst senast den 1 april.
agency | meeting both 2022-05-06 2022-05-06 | Om ni inte kan den dagen föreslår vi den 6 maj.
agency | meeting both 2022-04-04 2022-04-17 | Startmötet blir vecka 14 eller möjligen 15.
agency | meeting both 2022-03-22 2022-03-22 | Vi har bokat in er tisdagen den 22 mars klockan nio.
agency | meeting both 2022-03-31 2022-03-31 | Då säger vi torsdag 31/3 kl. 10 hos er.
agency | meeting both 2022-03-30 2022-03-30 | Nu har vi bokat startmötet, det blir den 30 mars hos er.
agency | meeting both 2022-03-24 2022-03-24 | Vi kommer på studiebesök den 24 mars om det passar.
agency | request recipient .. .. | När stänger er reception?
agency | request recipient .. 2022-03-31 | Vi ser gärna ett nytt avtal senast den 31 mars.
agency | meeting both 2022-03-29 2022-03-29 | Efterbesiktning sker tisdag den 29 mars kl. 9.
agency | request recipient .. .. | Vi påminner om att ni ännu inte har skickat in enkäten.
agency | request recipient .. .. | Kan du ordna en kopia av fakturan från februari?
agency | request recipient .. 2022-03-23 | Vi behöver veta hur många arbetsplatser ni räknar med, senast onsdag nästa vecka.
agency | request recipient .. 2022-03-31 | Ett påskrivet exemplar önskas i retur senast den 31 mars.
agency | deadline recipient .. 2022-03-18 | Beställningen måste vara inne hos oss senast på fredag.
agency | request recipient .. .. | Ventilationen klarar tjugo personer, räcker det?
agency | request recipient .. .. | Är det möjligt att få en ny planritning?
agency | request recipient .. .. | Toppen om ni mejlar mig besökarnas namn.
agency | request recipient .. 2022-03-18 | Skicka tillbaka den till mig senast på fredag.
agency | request recipient .. 2022-03-31 | Ni har till och med den 31 mars på er att komplettera ansökan.
agency | request recipient .. 2022-04-08 | Statens servicecenter begär att ni senast den 8 april lämnar följande uppgifter.
agency | request recipient .. 2022-04-07 | Vänligen inkom med bygglovet före den 8 april.
agency | request recipient 2022-03-14 2022-03-14 | Kan du lägga över det justerade protokollet idag?
agency | request recipient .. .. | Vi önskar svar snarast.
agency | deadline recipient .. 2022-04-01 | Anmälan sker via formuläret senast den 1 april.
agency | commitment third_party 2022-05-01 2022-05-31 | Kommunen avser att återkomma till myndigheten under maj.
agency | commitment third_party 2022-04-04 2022-04-10 | Arkitekten tar fram nya skisser under vecka 14.
agency | commitment sender 2022-04-01 2022-04-10 | Om inget oförutsett händer skickar vi avtalet i början av april.
agency | commitment sender 2022-03-24 2022-03-25 | Ritningen är klar i slutet av nästa vecka, då mejlar jag den.
landlord | commitment sender 2022-03-25 2022-03-25 | Ritningarna revideras och skickas ut på nytt den 25 mars.
ministry | deadline recipient .. 2023-03-01 | Regeringen uppdrar åt Statens servicecenter att senast den 1 mars 2023 redovisa läget.
ministry | deadline recipient .. 2022-05-16 | En delredovisning ska lämnas senast den 16 maj.
"""

NEGATIVE = """
agency | Vi har öppnat tre kontor under våren.
agency | Kontoret i Lysekil beräknas öppna i november 2022.
agency | Vi planerar att öppna kontoret under hösten 2022.
agency | Enligt uppdraget ska myndigheten öppna kontor i 23 kommuner under 2022 och 2023.
agency | Ombyggnationen pågår till och med maj.
agency | Som vi meddelade i januari har uppdraget delats upp i två omgångar.
agency | Tack för ett bra möte den 10 mars.
agency | Vi återkommer inte i den här frågan.
agency | Vi kommer inte att hinna svara före påsk.
agency | Om ni har frågor är ni välkomna att kontakta mig senast den 1 april.
agency | Hör gärna av dig om du undrar något.
agency | Tveka inte att höra av er!
agency | Kontakta mig vid frågor.
agency | Har ni frågor kan ni vända er till undertecknad.
agency | Vi ser fram emot ett gott samarbete.
agency | Vi ser fram emot att träffa er.
agency | Ha en fin helg!
agency | Trevlig sommar!
agency | Jag är på semester vecka 28–31.
agency | Jag är ledig till måndag.
agency | Servicekontoret har öppet måndag–fredag kl. 10–16.
agency | Mötet den 22 mars är inställt.
agency | Vi måste tyvärr ställa in mötet på torsdag.
agency | Som ni skrev den 3 februari behövs en större lokal.
agency | Kommunen skrev i sitt mejl den 3 februari att de skulle återkomma.
agency | I ert brev av den 3 februari 2022 föreslog ni en lokal på Storgatan.
agency | Bifogat finner ni protokollet från mötet den 10 mars.
agency | Se bifogad fil.
agency | Läs mer på vår webbplats.
agency | Med vänlig hälsning
agency | Hyresavtalet löper från den 1 juni 2022 till den 31 maj 2027.
agency | Avtalet träder i kraft den 1 juli 2022.
agency | Beslutet fattades den 2 mars.
agency | Regeringen beslutade i maj 2021 om uppdraget.
agency | Personalen börjar den 1 september.
agency | Möblerna levereras i augusti.
agency | Vi påbörjar rekryteringen i april.
agency | Vi har nu tagit fram ett förslag till tidplan.
agency | Jag skickade underlaget i fredags.
agency | Vi skickar härmed protokollet.
agency | Härmed översänds avtalet för kännedom.
agency | Vi tackar för ert svar den 7 mars.
agency | Återkom om tiden inte passar.
agency | Meddela mig i så fall om du får förhinder.
agency | Annars hörs vi.
agency | Vi bekräftar att vi har mottagit ert mejl.
agency | Jag vill informera om att kontoret i Åre öppnade i februari.
agency | Mötet den 3 mars var mycket givande.
agency | Minnesanteckningar från mötet den 3 mars bifogas.
agency | På mötet den 3 mars beslutades att arbetsgruppen fortsätter.
agency | Kontoren ska vara tillgängliga för alla.
agency | Lokalen ska vara minst 150 kvm.
agency | Hyran är 1 250 kr per kvm och år.
agency | Antalet besökare ökade med tio procent under 2021.
agency | Målet är att kontoret ska vara i drift före årsskiftet.
agency | Det är oklart när beslutet kommer.
agency | Vi avvaktar regeringens beslut i juni.
agency | Kontakta växeln på 0771-11 22 33.
agency | Tidigare besked gäller fortfarande.
agency | Han svarade aldrig på mitt mejl i januari.
agency | Vi brukar svara inom två arbetsdagar.
agency | Ärenden besvaras normalt inom fem arbetsdagar.
agency | Uppdraget redovisades till regeringen den 30 september 2021.
agency | Remissvaren redovisades i februari.
municipality | Kommunfullmäktige sammanträder den 28 mars.
municipality | Ärendet behandlas i kommunstyrelsen den 5 april.
municipality | Bygglovet väntas i maj.
municipality | Detaljplanen vann laga kraft den 4 februari 2022.
municipality | Byggnadsnämnden beslutar den 12 april.
municipality | Kommunhuset är stängt under påsken.
municipality | Vi har inte fått några synpunkter på förslaget.
municipality | Vi kan tyvärr inte lämna något besked före sommaren.
municipality | Ni är alltid välkomna att höra av er.
municipality | Under 2023 ska torget byggas om.
municipality | Kommunen har 9 500 invånare.
municipality | Tack för snabbt svar!
landlord | Lokalen blir ledig den 1 juni.
landlord | Uppsägning ska ske senast nio månader före avtalstidens utgång.
landlord | Tillträde kan ske från den 1 september 2022.
landlord | Nuvarande hyresgäst flyttar ut i maj.
landlord | Huset byggdes 1972 och renoverades 2015.
landlord | Hyran höjs den 1 januari 2023.
landlord | Våra kontorstider är vardagar 8–16.
landlord | Fastigheten såldes i december.
ministry | Förordningen träder i kraft den 1 maj 2022.
ministry | Regeringen har den 10 mars 2022 beslutat att ändra uppdraget.
ministry | Budgetpropositionen presenteras i september.
ministry | Uppdraget omfattar 28 servicekontor.
private | Hej, hur är läget?
private | Tack för senast!
private | Jag var på ert kontor i tisdags.
private | Kul att ses i fredags!
private | vi var på semester förra veckan
private | Vilket väder vi har haft i mars!
private | Jag ringde igår men ingen svarade.
private | Grattis på födelsedagen den 3 april!
private | Hoppas allt är bra med dig.
private | Jag fick ett brev från er den 1 mars.
agency | Vi har för avsikt att öppna kontoret i Ånge under 2023.
agency | Vår förhoppning är att kunna öppna under hösten.
agency | Vi öppnar kontoret den 1 september.
agency | Kontoret invigdes den 4 mars.
agency | Vi har under våren besökt flera kommuner.
agency | Vi fick ert besked den 10 mars och återkommer härmed med vårt svar.
agency | Som överenskommet skickar jag här protokollet.
agency | Här kommer ritningarna som jag lovade.
agency | Jag bifogar de handlingar som vi talade om den 10 mars.
agency | Tack för att ni återkom så snabbt.
agency | Tack för era synpunkter, som vi fick den 1 mars.
agency | Vi noterar att kommunen har valt lokal.
agency | Om lokalen inte godkänns får vi börja om.
agency | Om inget annat meddelas gäller ordinarie öppettider.
agency | Vid förhinder, meddela mig senast den 1 april.
agency | Vill ni veta mer, läs på vår webbplats.
agency | Skulle tiden inte passa får du gärna återkomma.
agency | Har du frågor om uppdraget, kontakta Olle Bark.
agency | Vi ser fram emot mötet den 22 mars.
agency | Det var trevligt att träffas i torsdags.
agency | Jag är åter på kontoret den 4 april.
agency | Under vecka 12 är jag på tjänsteresa.
agency | Telefontid måndag–torsdag kl. 9–11.
agency | Styrgruppen möts varannan vecka.
agency | Mötet kommer inte att bli av den 22 mars.
agency | Visningen den 23 mars är avbokad.
agency | Diarienummer 2022-00123-1.1.1
agency | Datum: 2022-03-14
agency | Er referens: KS 2022/45
agency | Regeringen gav i maj 2021 Statens servicecenter i uppdrag att öppna nya kontor.
agency | Uppdraget slutredovisas enligt plan.
agency | Uppdraget ska genomföras i två omgångar.
agency | I den första omgången öppnas 14 kontor under 2022.
agency | Hyran ska betalas kvartalsvis i förskott.
agency | Vi har 113 servicekontor i landet.
agency | Arbetet beräknas ta två veckor.
agency | Tidplanen är preliminär.
agency | Vi har redan svarat på frågan.
agency | Jag hann inte svara i fredags.
agency | Ni har tidigare meddelat att lokalen är ledig från maj.
agency | Hyresvärden uppgav att ventilationen byts i sommar.
agency | Besöksadress: Storgatan 5
agency | Vi är glada att kunna berätta att kontoret öppnar i maj.
agency | Servicekontoret håller stängt den 26 maj.
agency | Besökare får hjälp med bland annat pension och skatt.
agency | Ni får gärna sprida informationen vidare.
agency | Du kan boka tid på vår webbplats.
agency | Beslutet kan överklagas inom tre veckor.
agency | Vi skulle ha återkommit i februari.
agency | Vi hade hoppats på besked i februari.
municipality | Kommunstyrelsen har den 8 mars beslutat att ställa sig bakom förslaget.
municipality | Frågan kommer att tas upp i kommunstyrelsen den 5 april.
municipality | Planen antas av fullmäktige i juni.
municipality | Ett nytt resecentrum ska stå klart 2024.
municipality | Biblioteket flyttar in i lokalen efter sommaren.
municipality | Vi vet inte när beslutet fattas.
municipality | Kommunen överväger att sälja fastigheten.
municipality | Vi är positiva till ett servicekontor i kommunen.
municipality | Jag återkommer inte förrän jag vet mer om finansieringen i sak, om det behövs.
landlord | Lokalen visades för er den 2 mars.
landlord | Kontraktstiden är fem år med nio månaders uppsägning.
landlord | Indexuppräkning sker den 1 januari varje år.
landlord | Parkering finns på gården.
landlord | Vi har tyvärr ingen ledig lokal före 2023.
landlord | Bygglovet beviljades den 21 februari.
ministry | Riksdagen röstar om propositionen den 15 juni.
ministry | Lagen ska utvärderas efter tre år.
ministry | Budgetåret löper ut den 31 december.
private | Tack för hjälpen igår!
private | Jag väntade i två timmar i onsdags.
private | Vi sågs på mässan i februari.
private | Min mamma fyller 80 i maj.
private | Har ni öppet på lördag?
private | Hur mår du?
private | God jul och gott nytt år!
private | jag har sökt er flera gånger
agency | Kontoret i Tingsryd öppnar dörrarna den 2 maj.
agency | Kontoren ska öppnas successivt under 2022 och 2023.
agency | Lokalsökningen inleds under hösten.
agency | Installation av utrustning sker i augusti.
agency | Ombyggnaden ska vara klar i oktober.
agency | Det är ännu inte bestämt när kontoret öppnar.
agency | Enligt tidplanen startar bygget vecka 33.
agency | Vi räknar med att kontoret kan öppna i november.
agency | Möblerna kommer vecka 34.
agency | Som framgår av vårt brev den 7 februari är hyran för hög.
agency | Under våren har vi träffat tio kommuner.
agency | Vi har inte återkommit i frågan.
agency | Ni behöver inte svara på detta mejl.
agency | Ni behöver inte återkomma före den 1 april.
agency | Om ni återkommer före den 1 april hinner vi behandla ärendet.
agency | Om något är oklart får du gärna höra av dig.
agency | Behöver ni mer tid hör ni av er.
agency | Varmt välkommen med frågor!
agency | Hör av dig om det är något.
agency | Ring mig gärna om något är oklart.
agency | Vi önskar er en glad påsk.
agency | Jag arbetar inte på fredagar.
agency | Jag är föräldraledig till och med den 31 augusti.
agency | Kontoret är stängt för lunch kl. 12–13.
agency | Ni hittar mer information på statenssc.se.
agency | Här kan du läsa mer om uppdraget.
agency | Uppdraget kommer från regeringen.
agency | Bifogat översänds protokoll från den 3 mars.
agency | Protokollet justerades den 7 mars.
agency | Visningen i fredags gick bra.
agency | Vi träffades senast den 3 mars.
agency | Mötet den 22 mars blir tyvärr inte av.
agency | Fastighetsägaren återkom inte förrän i februari.
agency | Frågan har diskuterats med hyresvärden.
agency | Hyresvärden bekostar ombyggnationen.
agency | Hyresgästen svarar för inre underhåll.
agency | Vi svarar på frågor om pension, skatt och socialförsäkring.
agency | Lösenordet gäller till den 1 april.
agency | Vi utgår från att lokalen är tillgänglig från maj.
agency | Det vore roligt att ses någon gång.
agency | Ärendet avslutades den 10 januari.
agency | Skickat från min iPhone
agency | Jag bekräftar att jag deltar den 22 mars.
municipality | Kommunstyrelsen fattar beslut den 5 april.
municipality | Samrådet pågår till den 30 april.
municipality | Valnämnden har sammanträde den 4 maj.
municipality | Kommundirektören slutar i juni.
municipality | Vi har valt att avvakta.
municipality | Tyvärr kan vi inte delta den 22 mars.
municipality | Torget invigs i augusti.
municipality | Marknaden hålls den 7 maj.
landlord | Vi äger fastigheten sedan 2008.
landlord | Avtalet måste sägas upp senast den 30 juni 2024 för avflyttning.
landlord | Kontoret stod tomt under hela 2021.
landlord | Snöröjning sker vid behov.
ministry | Propositionen lämnades till riksdagen den 3 mars.
ministry | Utredningen ska redovisas för allmänheten.
ministry | Ändringarna föreslås träda i kraft den 1 januari 2023.
private | Jag flyttade hit i maj.
private | Det var kallt i januari.
private | Kan man betala med kort hos er?
private | Hur går det för er?
private | Tack, detsamma!
private | Vi hade en fantastisk semester i juli.
agency | Kontoret kommer att öppna den 3 oktober.
agency | Rekryteringen av servicehandläggare startar i augusti.
agency | Vi flyttar in i lokalen i september.
agency | Vår bedömning är att kontoret kan öppna under 2023.
agency | I nästa steg tas en kravspecifikation fram.
agency | Lokalen ska stå klar senast den 1 oktober enligt tidplanen.
agency | Detta beslut gäller från den 1 april.
agency | Jag återkopplade till hyresvärden i fredags.
agency | Hyresvärden återkom i tisdags med ett förslag.
agency | Olle ringde mig i går.
agency | Vi fick in 14 svar före sista svarsdag den 1 mars.
agency | Sista svarsdag var den 1 mars.
agency | Vi hade ett bra möte den 3 mars.
agency | På grund av sjukdom ställs dagens möte in.
agency | Du behöver inte göra något.
agency | Tack för din inbjudan, men jag kan tyvärr inte komma den 22 mars.
agency | Om ni har synpunkter på protokollet, hör av er senast den 1 april.
agency | Är det något mer ni undrar över är det bara att ringa.
agency | Skulle du ha frågor får du gärna ringa.
agency | Du når mig på 010-456 00 00.
agency | Fråga gärna om något är oklart!
agency | Välkommen att kontakta oss om du har frågor.
agency | Vi önskar er en trevlig sommar och ses i höst!
agency | Jag är på utbildning den 22 mars.
agency | Jag slutar min tjänst den 31 mars.
agency | Från och med den 1 april är Sara Holm er kontaktperson.
agency | Ärendet har diarienummer 2022-00321.
agency | Vi har kontor i Boden, Lysekil och Åre.
agency | Redan i januari skickade vi ut frågan.
agency | Se protokollet från den 3 mars, punkt 4.
agency | Regeringen väntas fatta beslut i april.
agency | Försäkringskassan och Pensionsmyndigheten lämnade sina synpunkter i februari.
municipality | Ärendet tas upp i nämnden den 5 april.
municipality | Kommunen växer och 2025 beräknas vi vara 10 000 invånare.
municipality | Skolan flyttar till nya lokaler i augusti.
municipality | Vi tackar för informationen.
municipality | Beslutet vinner laga kraft den 3 maj.
municipality | Kommunfullmäktige antog budgeten i november.
municipality | Detaljplanen är utställd till den 30 april.
landlord | Hissen besiktigades i januari.
landlord | Lokalen har stått tom sedan i höstas.
landlord | Vi har visat lokalen för er kollega i februari.
landlord | Avtalet förlängs automatiskt med tre år.
landlord | Inflyttning kan ske från oktober.
ministry | Regeringen överlämnade propositionen den 10 mars.
ministry | Förslaget har remitterats.
ministry | Den nya lagen börjar gälla den 1 juli.
private | Jag var där i måndags men det var stängt.
private | Jag fyller 65 i april.
private | Vi hade det så trevligt hos er i lördags!
private | Jag tycker att det är dåligt.
private | Vilken dag är det i dag?
private | Kommer du ihåg när vi träffades i maj?
private | Har du haft en bra helg?
private | Jag har bott här sedan 1998.
agency | Kontoren öppnas i två omgångar, den första under 2022.
agency | Vi räknar med att öppna i augusti.
agency | Jag har idag skickat underlaget till er.
agency | Vi har bett om ett möte men inte fått någon tid i mars.
agency | Jag är tillbaka den 4 april.
agency | Enligt hyresvärden blir lokalen ledig i juni.
agency | I höstas lovade ni att återkomma, vilket ni också gjorde.
agency | Det blir inget möte den 22 mars.
agency | Vid det första mötet den 3 mars gick vi igenom tidplanen.
agency | Avtalet undertecknades den 1 mars.
agency | Vi vill tacka för ett gott samarbete under 2021.
agency | Alla är välkomna att besöka kontoret.
agency | Kontakta oss gärna om du behöver hjälp.
agency | Telefonerna är öppna vardagar 8–16.
agency | Om ni inte kan delta, meddela mig senast den 1 april.
agency | Kommunen återkopplade den 1 mars.
agency | Ritningarna skickades till er den 2 mars.
agency | Nästa år öppnar vi i 14 kommuner.
agency | Planeringen fortsätter under våren.
municipality | Kommunen sålde fastigheten 2019.
municipality | Nämnden har beslutat att avslå begäran.
municipality | Vi arbetar just nu med budgeten för 2023.
municipality | Frågan bereds inför kommunstyrelsens sammanträde i maj.
landlord | Rivningen börjar den 2 maj.
landlord | Vi har kontor på Storgatan 4 sedan 2010.
landlord | Depositionen återbetalas efter avflyttning.
ministry | Regeringen aviserade förslaget i september.
ministry | Uppdraget gavs i regleringsbrevet för 2022.
private | Jag skickade in papperen i februari.
private | Hoppas vi ses snart!
private | Jag har semester i juli.
private | Det tog två veckor att få svar.
agency | Lokalen är uthyrd till den 30 juni.
agency | Kontoret i Boden invigdes av generaldirektören den 7 mars.
agency | Vi kommer inte att kunna delta på mötet den 22 mars.
agency | Det svar vi fick i februari var inte fullständigt.
agency | Vi ber om ursäkt för det sena svaret.
agency | Ring växeln om du behöver hjälp.
agency | Frågor besvaras av Olle Bark.
agency | Ni hittar underlaget i bilagan.
agency | Vi är fem personer i projektgruppen.
agency | Jag hoppas att ni får en fin sommar.
municipality | Budgeten antas i november.
landlord | Fönstren byttes ut under 2019.
private | Jag ska åka till Spanien i april.
private | Vi flyttar i maj.
agency | Hur var semestern?
agency | Jag kommer in på kontoret först på onsdag.
private | När öppnar ni på lördag?
municipality | Kommunstyrelsen behandlar ärendet den 5 april eftersom nämnden har möte i mars.
agency | Kommunstyrelsen fattar beslut den 5 april.
agency | Myndigheten har i regleringsbrevet för 2022 fått i uppdrag att utreda frågan.
"""
