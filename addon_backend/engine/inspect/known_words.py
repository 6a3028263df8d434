"""Words that give a column away: common given names, big cities, regions, streets, functions; written by us.

Short on purpose: they tell what a column holds, never whether one value is right. Folded as
`addon_backend.engine.clean.country.fold` folds (no accents, small letters).
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    aaron abby abdoulaye abdul abigail adam adele adrian adriana adrien agnes agnieszka ahmed aicha
    aidan aiden aisha akiko alain alan alba albert alberto aldo alejandra alejandro aleksandra
    alessandra alessandro alex alexa alexander alexandra alexandre alexis alfred alfredo ali alice
    alicia alina alison allison alma alvaro amadou amanda amandine amber amelia amelie amina amir amy
    ana anais anastasia anders andre andrea andreas andreea andrei andres andrew andy angel angela
    angelica angelo anil anita anja anke ann anna annabelle anne annelies annie anouk anthony antje
    antoine anton antonia antonietta antonio antony april ariane ariel arjun armando arnaud arthur
    arturo ashley astrid audrey aurelie aurelien austin axel ayesha bao barbara bart bastian bastien
    beatrice beatriz ben benedicte benedikt benjamin benoit bernard bernd bernhard bertrand beth betty
    beverly bianca bill billy birgit bjorn bob bobbie bobby bonnie boris brad bradley bram brandon
    brenda brent brett brian brigitte britt brittany bruce bruno bryan caleb cameron camila camille carl
    carla carlo carlos carmela carmen carol carole carolin carolina caroline carolyn carrie cassandra
    catarina caterina catherine cathy cecile cecilia cedric celia celine cesar chad chantal charlene
    charles charlie charlotte chen cheryl chiara chioma chloe chris christa christelle christian
    christiane christina christine christoph christophe christopher cindy claire clara clarisse claude
    claudia claudine claudio claus clement clementine cody colette colin concetta connie connor
    constance corinne cornelia cornelis courtney craig cristian cristina crystal curtis cynthia cyril
    daan dale damian damien dan dana daniel daniela daniele danielle danny darren dave david dawn dean
    debbie deborah debra delphine denis denise dennis derek detlef devin diana diane didier diego dieter
    dimitri dirk dmitri dmitry dolores domenico dominic dominik dominique donald donna doris dorothy
    doug douglas duncan dustin dwayne dylan eddie edgar edith edmund eduardo edward edwin eileen elaine
    eleanor elena eleonore elias elijah elisa elisabeth elise eliza elizabeth ella ellen elodie elsa
    emanuel emanuele emil emile emilia emilie emily emma emmanuel emmanuelle emre enrico enrique eric
    erica erich erik erika erin ernest ernesto esteban ester esther ethan etienne eugene eva evan eve
    evelyn ewa fabian fabien fabienne fabio fabrice fanny fatima fatoumata federica federico felipe
    felix femke ferdinand fernanda fernando filip filipe fiona flora florence florent florian frances
    francesca francesco francis francisca francisco franck franco francois francoise frank frankie franz
    fred freddy frederic frederick frederik friedrich gabriel gabriela gabriele gabriella gabrielle gael
    gaelle gail gareth garry gary gaspard gavin gemma genevieve geoff geoffrey geoffroy george georges
    georgia gerald geraldine gerard gerd gerhard gerrit gert giacomo gianluca gilbert gilles gina
    giorgio giovanna giovanni gisela giulia giuseppe giuseppina glen glenn gloria gonzalo gordon grace
    graham greg gregor gregory greta guido guillaume guillermo gunter gunther gustav gustavo guy gwen
    hakan hanna hannah hannes hans harald harold harriet harry hassan heather hector heidi heike heiko
    heinrich heinz helen helena helene helga helmut hendrik hendrika henk henri henrik henry herbert
    hernan herve hilary hildegard hiroshi holger holly horst howard hubert hugh hugo ian ibrahim ignacio
    igor ilona ilse imran ines inga inge ingo ingrid irene irina iris isaac isabel isabella isabelle
    ivan ivana jack jackie jackson jacky jacob jacqueline jacques jaime jake jakob jakub james jamie jan
    jana jane janet janice janine jason javier jay jean jeanette jeanne jeannine jeff jeffrey jenna
    jennifer jenny jens jeremie jeremy jeroen jerome jerry jesper jesse jessica jessie jesus jill jim
    jimmy jing joachim joan joana joanna joanne joao joaquin jochen jodie joe joel joelle joerg johan
    johanna johannes john johnny jolanda jon jonas jonathan jonny joost jordan jorg jorge jose josef
    josefa joseph josephine joshua josiane joyce juan juanita judith judy juergen jules julia julian
    juliana julie julien juliet juliette julio jurgen justin justine jutta kai kamal karen karim karin
    karina karine karl karla karsten kasper katarina katarzyna kate katharina katherine kathleen kathrin
    kathryn kathy katia katie katja katrin kay kayla kees keith kelly ken kenji kenneth kerry kerstin
    kevin khalid kim kimberly kirsten kirstin kirsty klaus kris kristen kristian kristin kristina kurt
    kwame kyle lara larry lars laura laure laurel lauren laurence laurent laurie lawrence lea leah lei
    leila lena leo leon leonard leonardo leslie lewis liam lilian liliana linda lindsay linh lisa lise
    liz lloyd logan loic lois lola lorenzo loretta lori lorraine lothar lotte louis louisa louise luc
    luca lucas lucia luciano lucie lucien lucy ludovic luigi luis luisa lukas luke lutz lydia lynn
    maarten madeleine madison magali magdalena maite malcolm malik mamadou manfred manon manuel manuela
    mara marc marcel marcin marco marcos marcus margaret margarita margaux margot maria mariana marianne
    marie marieke marika marilyn marina mario marion marisa mark marko markus marlene marta martha
    martin martina martine mary maryam mason mateo mateusz mathias mathieu mathilde matt matteo matthew
    matthias matthieu maud maureen maurice mauricio mauro max maxime maximilian megan mehdi mehmet mei
    melanie melissa mercedes meredith mia michael michaela michal micheal michel michele michelle miguel
    mike mila milan milena minh miranda miriam mirko mohamed mohammad mohammed monica monika monique
    morgan moritz moussa muhammad muriel mustafa myriam nabil nadia nadine nancy naomi nasser natacha
    natalia natalie natasha nathalie nathan nathaniel neil nele nelly nicholas nick nicola nicolas
    nicole niels nigel nikita niklas nina noah noel noemie nora norbert norman nuno oceane olaf ole oleg
    olga oliver olivia olivier omar ophelie oscar oskar otto ousmane pablo paloma pamela paola paolo
    pascal pascale patrice patricia patrick patrik patty paul paula paulina pauline paulo pavel pedro
    peggy penelope penny per perrine peter petra phil philip philipp philippe phillip phyllis pia pierre
    piet pietro pilar piotr priya quentin rachel rafael rahul rainer raj rajesh ralf ralph ramon randy
    raphael raphaelle raquel raul ravi ray raymond rebecca regina regine regis reiner reinhard remi remy
    renata renate rene renee reza rhonda ricardo riccardo richard rick ricky rita rob robert roberta
    roberto robin rocio rodney rodolphe rodrigo roger roland rolf romain roman ron ronald rosa rosalie
    rosario rose rosemary ross roxane roy ruben rudolf rui rupert russell ruth ryan sabine sabrina said
    sakura sally salma salvatore sam samantha samir samira samuel sander sandra sandrine sandy sanjay
    sanjeev sanne santiago sara sarah sascha saskia satoshi scott sean sebastian sebastien selina sem
    serena serge sergei sergey sergio sergiy severine shane shannon sharon shaun shawn sheila shelley
    shirley sibylle sid sidonie siegfried silke silvia simon simona simone sofia sofie solange solene
    sonia sonja sophia sophie stacey stacy stan stanislas stefan stefania stefanie stefano steffen
    steffi stella stephan stephane stephanie stephen steve steven stewart stuart sue sunil suresh susan
    susana susanna susanne suzanne svein sven sylvain sylvia sylvie takashi tamara tania tanja tanya
    tara tatiana ted teresa terry tessa thea theo theodore theresa therese thi thibault thibaut thierry
    thijs thomas thorsten tiago tiffany tim timo timothy tina tobias todd tom tomas tomasz tommy toni
    tony torsten tracey tracy travis trevor tristan troy tuan tyler udo ugo ulf ulla ulrich ulrike
    ursula ute uwe valentin valentina valentine valeria valerie vanessa vera veronica veronika veronique
    vicki vicky victor victoria vijay viktor vincent vincenzo viola violaine violet virginia virginie
    viviana viviane vladimir volker wade walter wanda warren wayne wei wendy werner wesley wilfried
    wilhelm will willem william willie willy wim wolfgang wouter xavier xiao yan yann yannick yasmine
    yolanda yuki yuko yusuf yves yvette yvonne zachary zoe
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
    academie academy agence agency alliance asociacion associacao associates association associazione
    associes assurances authority auto banco bancorp bank banque betrieb board bros brothers bureau cafe
    capital center centre chamber chambre church clinic club coalition colegio college comision comite
    commission committee compagnie companies company confederation conseil consejo construction
    constructions consulting cooperativa cooperative corporacion corporation council department design
    digital district empresa empresas energie energy enterprises entreprise equipment escuela export
    farm farms federation fils fondation fondazione foods foundation freres fund fundacion garage gmbh
    group groupe grupo gruppe gruppo handel holding holdings hospital hotel immobilier import inc
    industrial industrie industries institut institute insurance international investments labs llc
    logistics logistique ltd market markets media medical ministry motors municipality municipio network
    office partners pharma productions products produits properties public realty restaurant sarl sas
    school schule scuola service services shop sociedad society software solution solutions sons
    stiftung store studio studios supply systemes systems tech technologies technology town trading
    transport transports trust union universite university ventures verein werke
    """.split()
)
