"""What mails say of offices, read on Tuesday 10 May 2022 in a letter about a service office.

A line is `what is expected | sentence`; several facts stand beside each other with `;`. Expected: kind, step, status, value,
code of the municipality, side of a step, first and last day; what a fact has not is left out, `..` is an open side.
"""

POSITIVE = """
step behovsanalys done end 2022-05-02 2022-05-02 | Behovsanalysen blev klar den 2 maj.
step behovsanalys done 2260 end .. 2022-05-10 | Behovsanalysen i Ånge är nu klar.
step behovsanalys done 2260 end .. 2022-05-10 | Vi har nu slutfört behovsanalysen för Ånge.
step behovsanalys done end 2022-05-02 2022-05-02 | Vi kan meddela att behovsanalysen blev klar den 2 maj.
step behovsanalys done end 2022-05-02 2022-05-02 | Behovsanalysen, som blev klar den 2 maj, visar att behovet är stort.
step behovsanalys done end 2022-05-02 2022-05-02 | Behovsanalys: klar 2022-05-02
step behovsanalys planned end 2022-06-02 2022-06-02 | Behovsanalysen är klar den 2 juni.
step behovsanalys planned whole 2022-06-15 2022-06-15 | Behovsanalysen försenas till den 15 juni.
step behovsanalys done end 2022-05-10 2022-05-10 | I dag blev behovsanalysen klar.
step installation begun begin 2022-05-02 2022-05-02 | Installationen i kontoret pågår sedan den 2 maj.
step kravspecifikation planned end 2022-06-01 .. | Kravspecifikationen blir inte klar förrän i juni.
step lokalsökning begun begin .. 2022-05-10 | Lokalsökningen har påbörjats.
step lokalsökning begun begin .. 2022-05-10 | Lokalsökning: pågår
step lokalval done end .. 2022-05-10 | Hyresavtalet är undertecknat.
step lokalval done end 2022-05-03 2022-05-03 | Vi har beslutat om lokal den 3 maj.
step ombyggnation planned begin 2022-08-01 2022-08-31; step ombyggnation planned end 2022-11-01 2022-11-30 | Ombyggnationen startar i augusti och beräknas vara klar i november.
step ombyggnation planned whole 2022-09-21 2022-09-30 | Lokalanpassningen väntas pågå till slutet av september.
step installation planned whole 2022-09-05 2022-09-11 | Installationen av möblerna sker vecka 36.
step invigning planned whole 2023-04-25 2023-04-25 | Vi planerar invigning den 25 april 2023.
step invigning planned whole 2022-09-25 2022-09-25 | Invigning den 25 september.
step invigning planned 2260 whole 2022-09-25 2022-09-25 | Invigningen av kontoret i Ånge blir den 25 september.
step invigning planned whole 2022-10-10 2022-10-10 | Invigningen flyttas från den 3 oktober till den 10 oktober.
step invigning planned whole 2022-09-25 2022-09-25 | Kontoret ska invigas den 25 september kl. 10.
step invigning planned 2260 whole 2022-09-22 2022-09-22 | Ni är välkomna till invigningen av servicekontoret i Ånge torsdagen den 22 september kl. 10.
step invigning done 2260 whole 2022-04-25 2022-04-25 | Kontoret i Ånge invigdes den 25 april.
step invigning done whole 2022-05-09 2022-05-09 | I går genomfördes invigningen av servicekontoret.
step i bruk planned whole 2022-10-03 2022-10-03 | Kontoret öppnar den 3 oktober.
step i bruk planned whole 2022-09-01 2022-11-30 | Vi räknar med att kontoret öppnar i höst.
step i bruk planned whole 2022-09-01 2022-09-01 | Vi flyttar in i lokalen den 1 september.
step i bruk planned 2260 whole 2023-03-01 2023-05-31 | Öppning av servicekontoret i Ånge planeras till våren 2023.
step i bruk done begin 2022-05-01 2022-05-01 | Kontoret öppnade den 1 maj.
step i bruk done begin 2022-05-02 2022-05-02 | Servicekontoret togs i bruk den 2 maj.
step lokalsökning done end .. 2022-05-10; place done Storgatan 1 | Nu har vi hittat lokal på Storgatan 1.
step lokalsökning done end .. 2022-05-10; place done Skäggetorp | I Skäggetorp har vi hittat en lokal.
step lokalval done end .. 2022-05-10; place done Köpmangatan 12 B | Vi har tecknat hyresavtal för lokalen på Köpmangatan 12 B.
step i bruk planned 1737 whole 2022-09-01 2022-09-30 | I Torsby har öppningen flyttats fram till september på grund av problem med ventilationen.
step lokalval done 2260 end .. 2022-05-10 | Ånge: Hyresavtalet är undertecknat.
step ombyggnation begun 2313 begin .. 2022-05-10 | För Strömsund pågår ombyggnationen.
place done Torggatan 4 | Kontoret ligger på Torggatan 4.
place planned Skäggetorp | Kontoret ska ligga i Skäggetorp.
place planned Järpen 2321 | Kontoret ska ligga i Järpen i Åre kommun.
area planned chosen | Servicekontoret kommer att ligga i ett socialt utsatt område.
area done none 2260 | Kontoret i Ånge ligger inte i något socialt utsatt område.
phase planned 2 2260 | Ånge kommun planeras att ingå i den andra omgången.
phase done 2 | Ni ingår i fas 2.
phase done 1 2321 | Åre flyttas till fas 1.
phase done 2 2260; phase done 2 2321; phase done 2 2313 | Ånge, Åre och Strömsund ingår i den andra omgången.
phase done 1 2582; phase done 1 2321; phase done 1 2313 | I den första omgången ingår Boden, Åre och Strömsund.
phase done 2 2260; phase done 2 2321; phase done 2 2313 | Omgång 2: Ånge, Åre och Strömsund
responsible done Erik Lundmark 2260 lead | Erik Lundmark är projektledare för kontoret i Ånge.
responsible behovsanalys done Erik Lundmark lead | Erik Lundmark ansvarar för behovsanalysen.
responsible done Maja Ahl 2260 lead | Jag är projektledare för servicekontoret i Ånge.
responsible done Erik Lundmark contact | Er kontaktperson hos Statens servicecenter är Erik Lundmark.
responsible done Cia Norberg municipality_contact | Kontaktperson i kommunen är Cia Norberg.
responsible done Bo Ekdahl municipality_contact | Bo Ekdahl är kommunens kontaktperson.
"""

NEGATIVE = """
Kravspecifikationen är inte klar.
Är behovsanalysen klar den 2 juni?
När behovsanalysen är klar återkommer vi.
Om behovsanalysen blir klar den 2 juni kan vi gå vidare.
Vi vill att behovsanalysen är klar den 2 juni.
Se till att behovsanalysen är klar den 2 juni.
Behovsanalysen är snart klar.
Behovsanalysen måste vara klar den 2 juni.
Behovsanalysen skulle ha varit klar den 2 maj.
Det stämmer inte att behovsanalysen är klar.
Kontoret öppnar kl. 10 på måndag.
Nya biblioteket invigs den 3 juni.
Vi hoppas att kontoret kan öppna i höst.
Vi skulle ha öppnat kontoret den 1 maj.
Tack för invigningen den 25 april.
Invigningen blir tyvärr inte den 3 oktober.
Ånge ingår inte i den andra omgången.
Vi ingår inte i fas 1 utan i fas 2.
Mötet om behovsanalysen är den 2 juni.
Vi ses den 2 juni för att gå igenom kravspecifikationen.
Kravspecifikationen skickades till er den 3 maj.
Behovsanalysen ska skickas in den 2 juni.
Synpunkter på kravspecifikationen lämnas senast den 2 juni.
Kommunen har inte hittat någon lokal.
Jag återkommer den 12 maj med besked om lokal.
Har ni hunnit börja med behovsanalysen?
Den andra omgången omfattar minst tretton kontor.
Linköping har fyra socialt utsatta områden.
Vem är kontaktperson i kommunen?
Lokalen ligger på Torggatan 4.
Kommunen har en lokal på Hantverksgatan som blir ledig vid årsskiftet.
Vi har en annan intressent till lokalen på Kungsgatan i Boden.
Statens servicecenter ska öppna ett servicekontor i Nordmalings kommun.
Vi har öppnat tre kontor under våren.
Kontoren ska öppna under 2023.
Vi emotser er kravspecifikation senast den 1 juli.
Arbetsförmedlingens kontor ligger på Storgatan 3.
"""
