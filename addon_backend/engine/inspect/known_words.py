"""Words that give a column away: common given names, big cities, regions, streets, functions; written by us.

Short on purpose: they tell what a column holds, never whether one value is right. Folded as
`addon_backend.engine.clean.country.fold` folds (no accents, small letters).
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
        aaron abby abdul abigail adam adele adrian adriana adrien agnes agnieszka ahmed aicha aidan aisha
        aiden alain alan alba albert alberto alejandra alejandro aleksandra alessandra alessandro alex alexa
        alexander alexandra alexandre alexis alfred alfredo ali alice alicia alina alison allison alma
        alvaro amanda amandine amber amelia amelie amina amir amy ana anais anastasia anders andre andrea
        andreas andreea andrei andres andrew andy angel angela angelica angelo anil anita anja anke ann anna
        annabelle anne annie anouk antje antoine anton antonia antonio anthony antony april ariane ariel
        arjun armando arnaud arthur arturo ashley astrid audrey aurelie aurelien austin axel ayesha barbara
        bart bastian bastien beatrice beatriz ben benedicte benedikt benjamin benoit bernard bernd bernhard
        bertrand beth betty beverly bianca bill birgit björn bjorn bob bonnie boris brad bradley brandon
        brenda brent brett brian brigitte britt brittany bruce bruno bryan caleb cameron camila camille carl
        carla carlo carlos carmen carol carole carolin carolina caroline carolyn carrie cassandra catarina
        catherine cathy cecile cecilia cedric celia celine cesar chad chantal charlene charles charlie
        charlotte chen chiara chloe chris christa christelle christian christiane christina christine
        christoph christophe christopher cindy claire clara clarisse claude claudia claudine claudio claus
        clement clementine cody colette colin connie connor constance corinne courtney craig cristian
        cristina crystal curtis cynthia cyril dale damian damien dan dana daniel daniela daniele danielle
        danny darren dave david dawn dean debbie deborah debra delphine denis denise dennis derek detlef
        devin diana diane didier diego dieter dimitri dirk dmitry dolores dominic dominik dominique donald
        donna doris dorothy doug douglas duncan dustin dwayne dylan eddie edgar edith edmund eduardo edward
        edwin eileen elaine eleanor elena eleonore elias elisa elisabeth elise eliza elizabeth ella ellen
        elodie elsa emanuel emanuele emil emile emilia emilie emily emma emmanuel emmanuelle enrico enrique
        eric erica erich erik erika erin ernest ernesto ester esteban esther ethan etienne eugene eva evan
        eve evelyn ewa fabian fabien fabienne fabio fabrice fanny fatima federica federico felipe felix
        ferdinand fernanda fernando filip filipe fiona flora florence florent florian frances francesca
        francesco francis francisco franck francois francoise frank frankie franz fred frederic frederick
        frederik friedrich gabriel gabriela gabriele gabriella gabrielle gael gaelle gail gareth garry gary
        gaspard gavin gemma genevieve geoff geoffrey geoffroy george georges georgia gerald geraldine gerard
        gerd gerhard gert giacomo gianluca gilbert gilles gina giorgio giovanna giovanni gisela giulia
        giuseppe glen glenn gloria gonzalo gordon grace graham greg gregor gregory greta guido guillaume
        guillermo gunther gustav gustavo guy gwen hakan hanna hannah hannes hans harald harold harriet harry
        hassan heather hector heidi heike heiko heinz helen helena helene helga helmut hendrik henri henrik
        henry herbert hernan herve hilary holger holly horst howard hubert hugh hugo ian ibrahim ignacio
        igor ilse imran ines inga inge ingo ingrid irene iris irina isaac isabel isabella isabelle ivan
        ivana jack jackie jackson jacky jacob jacqueline jacques jaime jake jakob jakub james jamie jan jana
        jane janet janice janine jason javier jay jean jeanette jeanne jeannine jeff jeffrey jenna jennifer
        jenny jens jeremie jeremy jerome jerry jesper jesse jessica jessie jesus jill jim jimmy joachim joan
        joana joanna joanne joao joaquin jochen jodie joe joel joelle joerg jonas jonathan joost jordan jorg
        jorge jose josef joseph josephine joshua josiane joyce juan juanita judith judy jules julia julian
        juliana julie julien juliet juliette julio justin justine jurgen juergen kai kamal karen karim karin
        karina karine karl karla karsten kasper katarina katarzyna kate katharina katherine kathleen kathrin
        kathryn kathy katia katie katja katrin kay keith kelly ken kenneth kerry kerstin kevin khalid kim
        kimberly kirsten kirsty klaus kris kristen kristian kristin kristina kurt kyle lara larry lars laura
        laure laurel laurence laurent lauren laurie lea leah leila lena leo leon leonard leonardo leslie
        lewis liam liliana lilian linda lindsay lisa lise liz lloyd logan lois loic lola lorenzo loretta
        lori lorraine lothar louis louisa louise luc luca lucas lucia lucie lucien lucy ludovic luigi luis
        luisa lukas luke lydia lynn madeleine magali magdalena maite malcolm malik manfred manon manuel
        manuela mara marc marcel marcin marco marcos marcus margaret margarita margaux margot maria mariana
        marianne marie mariana marika marina mario marion marisa mark marko markus marlene marta martha
        martin martina martine mary maryam mateo mateusz mathias mathieu mathilde matt matteo matthew
        matthias matthieu maud maureen maurice mauricio mauro max maxime maximilian mehdi melanie melissa
        mercedes meredith mia michael michaela michal micheal michel michele michelle miguel mike mila milan
        milena miranda miriam mirko mohamed mohammad mohammed moritz monica monika monique morgan muhammad
        muriel mustafa myriam nabil nadia nadine nancy naomi nasser natacha natalia natalie natasha nathalie
        nathan nathaniel neil nelly nicholas nick nicola nicolas nicole niels nigel nikita niklas nina noah
        noel noemie nora norbert norman nuno oceane olaf ole oleg olga oliver olivia olivier omar ophelie
        oscar oskar otto pablo paloma pamela paola paolo pascal pascale patrice patricia patrick patrik
        patty paul paula paulina pauline paulo pavel pedro peggy penelope penny per perrine petra peter phil
        philip philipp philippe phillip phyllis pia pierre pietro pilar piotr priya quentin rachel rafael
        rainer ralf ralph ramon raphael raphaelle raquel raul ray raymond rebecca regina regine regis reiner
        reinhard remi remy renata renate rene renee reza rhonda ricardo riccardo richard rick ricky rita rob
        robert roberta roberto robin rocio rodney rodolphe rodrigo roger roland rolf romain roman ron ronald
        rosa rosalie rose rosemary ross roxane roy ruben rudolf rupert russell ruth ryan sabine sabrina said
        sally salma salvatore sam samantha samira samir samuel sandra sandrine sandy sanjay santiago sara
        sarah sascha saskia scott sean sebastian sebastien selina serena serge sergei sergey sergio severine
        shane shannon sharon shaun shawn sheila shelley shirley sibylle sid sidonie siegfried silke silvia
        simon simona simone sofia sofie solange solene sonia sonja sophia sophie stacey stacy stan stanislas
        stefan stefania stefanie stefano steffen stella stephan stephane stephanie stephen steve steven
        stewart stuart sue sunil susan susana susanna susanne suzanne svein sven sylvain sylvia sylvie
        tamara tania tanja tanya tara tatiana ted teresa terry tessa thea theo theodore theresa therese
        thibault thibaut thierry thomas thorsten tiago tiffany tim timo timothy tina tobias todd tom tomas
        tomasz tommy toni tony torsten tracey tracy travis trevor tristan troy tyler udo ugo ulf ulrich
        ulrike ulla ursula ute uwe valentin valentina valentine valeria valerie vanessa vera veronica
        veronika veronique vicki vicky victor victoria viktor vincent vincenzo viola violaine violet
        virginia virginie viviana viviane vladimir volker wade walter wanda warren wayne wendy werner wesley
        wilfried wilhelm will willem william willy wim wolfgang xavier yann yannick yasmine yolanda yves
        yvette yvonne yusuf zachary zoe abdoulaye akiko amadou bao chioma dmitri emre fatoumata hiroshi jing
        kenji kwame lei linh mamadou mehmet mei minh moussa ousmane raj rahul rajesh ravi sakura sanjeev
        satoshi sergiy suresh takashi thi tuan vijay wei xiao yan yuki yuko
    """.split()
)

CITIES = frozenset(
    name.replace("-", " ")
    for name in """
    aachen aberdeen abidjan adelaide aix-en-provence albuquerque alger algiers alicante almaty amiens
    amsterdam angers ankara annecy antwerp antwerpen arlington athens atlanta auckland austin avignon
    baltimore bangalore bangkok barcelona bari basel basle beijing belfast belgrade bergen berlin bern
    besancon bielefeld bilbao birmingham bochum bogota bologna bonn bordeaux boston bratislava
    braunschweig bremen brescia brest brighton brisbane bristol brno brugge brussels bruxelles bucharest
    budapest buenos-aires buffalo caen cairo calgary cambridge canberra cannes cape-town cardiff
    casablanca catania charleroi charlotte chemnitz chennai chicago cincinnati clermont-ferrand
    cleveland cologne columbus copenhagen cordoba cork courbevoie coventry cracow dakar dallas delft
    delhi den-haag denver detroit dijon doha dortmund dresden dubai dublin duisburg dundee durban
    dusseldorf edinburgh edmonton eindhoven erfurt espoo essen exeter firenze florence fort-worth
    frankfurt freiburg fresno gdansk geneva geneve genoa genova gent ghent girona glasgow gothenburg
    granada graz grenoble groningen guadalajara haarlem halifax halle hamburg hamilton hannover hanover
    helsinki hong-kong honolulu houston hull hyderabad indianapolis innsbruck ipswich istanbul izmir
    jacksonville jakarta jerusalem johannesburg kansas-city karlsruhe kassel katowice kiel kiev koln
    konstanz krakow kyiv kyoto lagos lahore las-vegas lausanne leeds leicester leiden leipzig leuven
    levallois-perret lexington liege lille lima limerick limoges linz lisboa lisbon liverpool ljubljana
    lodz london londres los-angeles louisville lubeck luxembourg luzern lyon madison madrid magdeburg
    mainz malaga malmo manchester manila mannheim marrakech marseille melbourne memphis mesa metz
    mexico-city miami milan milano milwaukee minneapolis monaco montpellier montreal montreuil moscow
    mulhouse mumbai munchen munich munster murcia nairobi namur nancy nanterre nantes naples napoli
    nashville neuilly-sur-seine new-york newcastle nice nimes norwich nottingham nuremberg nurnberg
    oakland odense oklahoma-city omaha oporto orlando orleans osaka oslo ottawa oviedo oxford padova
    palermo palma pamplona paris parma perpignan perth perugia philadelphia phoenix pisa pittsburgh
    plymouth poitiers portland porto portsmouth potsdam poznan prague praha puteaux quebec raleigh
    reading reims rennes reutlingen reykjavik riga rio-de-janeiro riyadh roma rome rostock rotterdam
    roubaix rouen saarbrucken sacramento saint-denis saint-etienne salamanca salzburg san-antonio
    san-diego san-francisco san-jose san-sebastian santander santiago sao-paulo schiltigheim seattle
    seoul sevilla seville shanghai sheffield shenzhen singapore sofia southampton st-louis stavanger
    stockholm strasbourg stuttgart sydney taipei tallinn tampa tampere tarragona tel-aviv the-hague
    thessaloniki tilburg tokyo toledo torino toronto toulon toulouse tours trento trieste trondheim
    tucson tulsa tunis turin turku ulm uppsala utrecht valencia valladolid vancouver venezia venice
    verona versailles vienna vigo villeurbanne vilnius warsaw warszawa washington wellington wien
    wiesbaden winnipeg winterthur wolfsburg wroclaw wuppertal wurzburg york zagreb zaragoza zug zurich
    """.split()
)
"""Big cities where businesses sit; hyphens stand for spaces."""

REGION_CODES = frozenset(
    (
        """
            AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
            NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP AB BC MB NB NL NS NT NU
            ON PE QC SK YT NSW VIC QLD SA TAS ACT
        """
    ).split()
)
"""Postal codes of the states, provinces and territories of the United States, Canada and Australia."""

REGIONS = frozenset(
    " ".join(name.split())
    for name in """
    abruzzo, alabama, alaska, alberta, andalucia, antioquia, aragon, arizona, arkansas, asturias,
    australian capital         territory, auvergne rhone alpes, baden wurttemberg, basilicata, bavaria,
    bayern, bourgogne franche comte, brabant wallon, brandenburg, bretagne, british         columbia,
    burgenland, calabria, california, campania, cantabria, castilla la mancha, castilla y leon,
    cataluna, catalunya, centre val de loire, cheshire, colorado, comunidad valenciana, connecticut,
    corse, cundinamarca, delaware, devon, district of         columbia, drenthe, east midlands, emilia
    romagna, essex, euskadi, extremadura, flandre, flevoland, florida, friesland, friuli venezia giulia,
    galicia, gelderland, georgia, grand est, guadeloupe, guyane, hainaut, hampshire, hauts de france,
    hawaii, hesse, hessen, idaho, ile de france, illinois, indiana, iowa, kansas, karnten, kent,
    kentucky, la rioja, lancashire, lazio, liguria, limburg, lombardia, louisiana, maine, manitoba,
    marche, martinique, maryland, massachusetts, mayotte, mecklenburg vorpommern, michigan, minnesota,
    mississippi, missouri, molise, montana, navarra, nebraska, nevada, new brunswick, new hampshire, new
    jersey, new mexico, new south wales, new york, newfoundland and labrador, niederosterreich,
    niedersachsen, noord         brabant, noord holland, nordrhein westfalen, norfolk, normandie, north
    carolina, north dakota, north rhine westphalia, north west england, northern territory, northwest
    territories, nouvelle aquitaine, nova scotia, nunavut, oberosterreich, occitanie, ohio, oklahoma,
    ontario, oregon, overijssel, paca, pais vasco, pays de la         loire, pennsylvania, piemonte,
    prince edward island, provence alpes         cote dazur, provence alpes cote d azur, puerto rico,
    puglia, quebec, queensland, rheinland pfalz, rhode island, saarland, sachsen, sachsen anhalt, sao
    paulo, sardegna, saskatchewan, saxony, schleswig holstein, sicilia, somerset, south australia, south
    carolina, south dakota, steiermark, suffolk, surrey, tasmania, tennessee, texas, thuringen, ticino,
    tirol, toscana, trentino alto adige, umbria, utah, valais, vaud, veneto, vermont, victoria,
    virginia, vlaanderen, vorarlberg, wallonie, washington, west midlands, west virginia, western
    australia, wien, wisconsin, wyoming, yorkshire, yorkshire and the humber, yukon, zeeland, zuid
    holland, zurich
    """.split(",")
)
"""First-level regions of the countries most business lists are about."""

STREET_WORDS = frozenset(
    """
        street st avenue ave av road rd boulevard blvd bd bld lane ln drive dr court ct place pl square sq
        way highway hwy parkway pkwy terrace crescent close circle cir trail route rte suite ste floor
        building bldg po box unit loop row plaza alley apt north south rue allee allees chemin impasse quai
        cours esplanade faubourg passage rond voie lieu dit zone za zi zac cedex bp immeuble batiment bat
        square sentier residence strasse str weg platz allee gasse ring damm ufer chaussee straat laan plein
        gracht kade singel dreef calle c avda avenida paseo plaza carretera camino ronda poligono via viale
        piazza corso largo vicolo strada rua praca travessa estrada alameda rodovia carrera cra cl kr
        diagonal transversal vej gade vag gatan gata katu tie ulica ul
    """.split()
)
STREET_ENDINGS = (
    "strasse",
    "str",
    "straat",
    "weg",
    "platz",
    "gasse",
    "allee",
    "laan",
    "plein",
    "gracht",
    "gatan",
    "vagen",
    "katu",
    "vej",
    "gade",
)

JOB_WORDS = frozenset(
    """
        manager director directeur directrice direktor direttore director directora gerente head chief ceo
        cfo cto coo cmo cio ciso vp svp evp president presidente vice officer executive exec owner founder
        cofounder fondateur fondatrice gerant gerante grunder inhaber geschaftsfuhrer geschaftsfuhrerin
        leiter leiterin chef cheffe responsable responsabile verantwoordelijke responsavel engineer
        ingenieur ingenieure ingeniero ingegnere developer developpeur developpeuse entwickler desarrollador
        sviluppatore ontwikkelaar analyst analyste analista consultant conseil conseiller conseillere
        consultor consulente berater beraterin adviseur assistant assistante assistent assistentin asistente
        assistente secretary secretaire administrator administrateur administrador amministratore
        coordinator coordinateur coordinatrice koordinator coordinador coordinatore supervisor specialist
        specialiste spezialist especialista specialista technician technicien technicienne techniker tecnico
        associate associe partner lead leader senior junior principal sales marketing commercial commerciale
        vertrieb ventas vendite verkoop vendas buyer acheteur acheteuse einkaufer comprador accountant
        comptable buchhalter contable contabile controller controleur auditor auditeur lawyer avocat abogado
        anwalt avvocato attorney counsel architect architecte nurse doctor teacher professor enseignant
        professeur designer graphiste pdg dg daf drh dsi rh hr recruiter representative rep agent attache
        attachee charge chargee adjoint adjointe sous delegue planner strategist advisor trainer operator
        mechanic clerk treasurer tresorier chairman chairwoman chair board member administrateur intern
        stagiaire apprenti praktikant zaakvoerder bestuurder medewerker mitarbeiter sachbearbeiter referent
        prokurist vorstand einkauf inspector inspecteur account key product project produit projet
    """.split()
)

COMPANY_WORDS = frozenset(
    """
        group groupe gruppe grupo gruppo holding holdings services service solutions solution systems
        systemes consulting conseil technologies technology tech industries industrie industrial
        international partners associates associes company companies compagnie enterprises entreprise
        foundation fondation association bank banque banco bancorp insurance assurances capital ventures
        investments properties construction constructions transport transports logistics logistique medical
        pharma energy energie foods restaurant hotel cafe clinic hospital center centre school church
        university universite institute institut studio studios design media digital software labs trading
        export import supply products produits equipment motors auto garage realty immobilier agency agence
        farm farms club society council ministry department store shop market markets brothers freres sons
        fils bros trust fund union cooperative productions
    """.split()
)
