"""The invented people, companies and places of the demo workbook.

Nobody here exists: domains end in ``.example`` (RFC 2606), telephone numbers are those that regulators set
aside for film and television, and VAT numbers come from blocks that are not issued.

* GB: Ofcom, telephone numbers for drama use
* US: NANPA, 555-0100 to 555-0199
* FR: Arcep, decision 2018-0881, numbers for audiovisual works; not 06 39 98, which libphonenumber refuses
* DE: Bundesnetzagentur, Mitteilung 148/2021

Spain sets no numbers aside, so Spanish people here have none, or one that cannot be valid.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A city as people write it, the first spelling being the good one, and its telephone block.

    ``phone`` is the national number in groups, the last one (or two) made of ``#`` for digits.
    """

    names: tuple[str, ...]
    phone: str


@dataclass(frozen=True)
class Land:
    """Where some of the people come from. ``spellings`` are of the country, the first being its code."""

    code: str
    dialling: str
    trunk: str
    people: int
    spellings: tuple[str, ...]
    places: tuple[Place, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    madam: tuple[str, ...]
    sir: tuple[str, ...]
    brands: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    titles: tuple[str, ...]
    extension: str
    mobile: str = ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(","))


GREAT_BRITAIN = Land(
    code="GB",
    dialling="44",
    trunk="0",
    people=75,
    spellings=_phrases(
        "GB, UK, United Kingdom, uk, England, U.K., Great Britain, united kingdom, Royaume-Uni"
    ),
    places=(
        Place(_phrases("London, LONDON, london"), "020 7946 0###"),
        Place(_phrases("Manchester, manchester, Manchester UK"), "0161 496 0###"),
        Place(_phrases("Edinburgh, EDINBURGH, Edinbrugh"), "0131 496 0###"),
        Place(_phrases("Bristol, bristol"), "0117 496 0###"),
        Place(_phrases("Leeds, leeds"), "0113 496 0###"),
    ),
    women=_words("Harriet Imogen Beatrice Philippa Nadia Rosalind Winifred Shabnam Fiona Maeve Tamsin Una"),
    men=_words("Tobias Alasdair Rupert Desmond Callum Ignatius Hamish Kofi Barnaby Percival Gethin Amar"),
    families=_words(
        "Quillfeather Larkspur Thistlewood O’Marsh McTarn Ashgrove Penhallow Wexcombe Fitz-Harrow"
        " Okonjo-Bell Drummore Applegarth Sandringworth Copperthwaite"
    ),
    madam=_words("Ms Mrs Miss Dr"),
    sir=_words("Mr Dr Mr. Prof."),
    brands=_words(
        "Larkfield Thornbury Copperbeck Ravensmoor Halcombe Pikestone Wetherdale Ottershaw Brambleton"
        " Kestrelgate Saltmarsh Dunlowe Ironwick Fernhollow Marlpit Greywether Oakhaven Tidewell"
    ),
    trades=_words("Instruments Packaging Logistics Textiles Foods Optics Ceramics Consulting"),
    forms=_phrases("Ltd, Limited, plc, LLP, Ltd."),
    titles=_phrases(
        "Head of Procurement, Managing Director, Finance Director, Sales manager, Chief Executive Officer,"
        " CTO, IT Manager, Operations Lead, Marketing Executive, Buyer, Office Manager, VP Sales"
    ),
    extension=" ext. 12",
)

UNITED_STATES = Land(
    code="US",
    dialling="1",
    trunk="",
    people=55,
    spellings=_phrases(
        "US, USA, United States, U.S.A., usa, United States of America, États-Unis, Etats Unis"
    ),
    places=(
        Place(_phrases("New York, NEW YORK, new york, NYC"), "212 555 01##"),
        Place(_phrases("Chicago, chicago"), "312 555 01##"),
        Place(_phrases("San Francisco, SAN FRANCISCO, San Fransisco"), "415 555 01##"),
        Place(_phrases("Boston, boston"), "617 555 01##"),
        Place(_phrases("Austin, Austin  TX"), "512 555 01##"),
    ),
    women=_words("Marguerite Dolores Savannah Yolanda Priscilla Keisha Loretta Clementine Xiomara Wren"),
    men=_words("Thaddeus Montgomery Ezekiel Hector Cornelius Deshawn Randall Octavio Wendell Lachlan"),
    families=_words(
        "Bellweather Crowhurst Stonebridge McAllarde DeWinter VanOster Hollisterman Pemberwick Sagebrook"
        " Lindquister Ortega-Flint Whitlowe"
    ),
    madam=_words("Ms. Mrs. Dr."),
    sir=_words("Mr. Dr. Mr"),
    brands=_words(
        "Bluecedar Copperline Northgrove Prairiestone Silverlake Redmesa Harborview Tallgrass Summitry"
        " Cloverpoint Elkridge Canyonworks Lonepine Granitefall"
    ),
    trades=_words("Robotics Analytics Supply Medical Freight Software Interiors Energy"),
    forms=_phrases("Inc., LLC, Corp., Inc, Incorporated"),
    titles=_phrases(
        "VP of Sales, Chief Financial Officer, CEO, Director of Engineering, Account Executive, SDR,"
        " Sr. Software Engineer, Purchasing Manager, CMO, HR Business Partner, Founder & CEO, Controller"
    ),
    extension=" x204",
)

FRANCE = Land(
    code="FR",
    dialling="33",
    trunk="0",
    people=70,
    spellings=_phrases("FR, France, FRANCE, france, fr, Frankreich, Francia"),
    places=(
        Place(_phrases("Paris, PARIS, paris, Paris 9e"), "01 99 00 ## ##"),
        Place(_phrases("Nantes, NANTES"), "02 61 91 ## ##"),
        Place(_phrases("Lille, lille"), "03 53 01 ## ##"),
        Place(_phrases("Lyon, LYON, lyon"), "04 65 71 ## ##"),
        Place(_phrases("Bordeaux, bordeaux"), "05 36 49 ## ##"),
    ),
    women=_words(
        "Chloé Anne-Laure Séverine Hélène Océane Marie-Ange Bérénice Fatoumata Maëlys Josiane Zoé Edwige"
    ),
    men=_words(
        "Jean-Baptiste Loïc Anatole Frédéric Guénolé Mamadou François Cyprien Théophile Yannick Côme Élie"
    ),
    families=_words(
        "Verdelin Moulineau Lefaucheur Châtaignac d’Aubrême Brossardin Pélissonnier Grandvallon Tréguennec"
        " Roquelaurens Bécassiau Saint-Florvel Courtebise"
    ),
    madam=_words("Mme Madame Mlle"),
    sir=_words("M. Monsieur Mr"),
    brands=_words(
        "Moulinvert Aubépine Brisemer Châtelune Florvigne Grandbois Hautecime Lumenciel Pierrefeuille"
        " Rivebelle Sablonnet Tournesoleil Valserin Clairgrain Ormedor Beauquai"
    ),
    trades=_words("Emballages Conseil Transports Menuiserie Optique Traiteur Électronique Textiles"),
    forms=_phrases("SARL, SAS, S.A., SASU, s.a.r.l., EURL"),
    titles=_phrases(
        "Directrice commerciale, Directeur Général, Responsable achats, PDG, Comptable,"
        " Assistante de direction, Chef de projet, DSI, Responsable marketing, Gérant, Ingénieur, DRH"
    ),
    extension=" poste 12",
)

GERMANY = Land(
    code="DE",
    dialling="49",
    trunk="0",
    people=50,
    spellings=_phrases("DE, Deutschland, Germany, GERMANY, deutschland, Allemagne, Alemania"),
    places=(
        Place(_phrases("Berlin, BERLIN, berlin"), "030 23125 ###"),
        Place(_phrases("München, Muenchen, Munich"), "089 99998 ###"),
        Place(_phrases("Hamburg, hamburg"), "040 66969 ###"),
        Place(_phrases("Köln, Koeln, Cologne"), "0221 4710 ###"),
        Place(_phrases("Frankfurt am Main, Frankfurt, Frankfurt/Main"), "069 90009 ###"),
    ),
    women=_words("Anke Wiebke Friederike Ursula Gudrun Annegret Ayşe Käthe Mareike Swantje"),
    men=_words("Jörg Detlef Wolfram Hans-Jürgen Eckhard Cem Rüdiger Thorben Götz Volkmar"),
    families=_words(
        "Holtgräfe Müllenbrock Weißenbach Kranichfeld Schönwetter Bärenfänger Rosenhügel Lindwurmer"
        " Tannhöfer Grünspecht Jägerstein"
    ),
    madam=_words("Frau Fr. Dr."),
    sir=_words("Herr Hr. Dr."),
    brands=_words(
        "Nordlichtwerk Tannhain Silberfels Brückmoor Waldhorst Falkenried Kupferthal Rheinbogen Sternwiese"
        " Eichgrund Möwenhof Steinlauf"
    ),
    trades=_words("Maschinenbau Werkzeuge Elektrotechnik Spedition Feinmechanik Gebäudetechnik Backwaren"),
    forms=_phrases("GmbH, AG, GmbH & Co. KG, gmbh, UG (haftungsbeschränkt), KG"),
    titles=_phrases(
        "Geschäftsführer, Leiterin Einkauf, Vertriebsleiter, Leiter IT, Sachbearbeiterin Buchhaltung,"
        " Prokurist, Personalreferentin, Projektmanager, Einkäufer, Head of Sales, Werkstudent"
    ),
    extension=" Durchwahl 12",
    mobile="0171 39200##",
)

SPAIN = Land(
    code="ES",
    dialling="34",
    trunk="",
    people=35,
    spellings=_phrases("ES, España, Spain, ESPAÑA, espana, Espagne"),
    places=(
        Place(_phrases("Madrid, MADRID, madrid"), ""),
        Place(_phrases("Barcelona, barcelona"), ""),
        Place(_phrases("Sevilla, Seville, sevilla"), ""),
        Place(_phrases("Valencia, VALENCIA"), ""),
    ),
    women=_words("Begoña Inmaculada Rocío Macarena Itziar Consuelo Nieves Montserrat"),
    men=_words("Iñaki Gonzalo Fermín Baltasar Íñigo Leandro Asier Cayetano"),
    families=_phrases(
        "Peñalver Ruizal, Montenegrín Soler, de la Alcoba, Cifuentes Barral, Zubizaeta, Núñez Torralvo,"
        " Villafranquer, Ibarrolea Sanz"
    ),
    madam=_phrases("Sra., Doña"),
    sir=_phrases("Sr., Don"),
    brands=_words(
        "Alcarazul Olivares Torrealba Marisma Peñaclara Solymonte Rocanegra Viñabuena Cantalea Almadena"
    ),
    trades=_words("Cerámica Logística Alimentación Consultores Iluminación Muebles"),
    forms=_phrases("S.L., S.A., SL, S.L.U."),
    titles=_phrases(
        "Director General, Jefa de compras, Responsable de ventas, Director financiero, Contable, Gerente,"
        " Head of Marketing"
    ),
    extension=" ext. 3",
)

LANDS = (GREAT_BRITAIN, UNITED_STATES, FRANCE, GERMANY, SPAIN)

ROLES = {
    "GB": _words("info sales office accounts"),
    "US": _words("info sales billing support"),
    "FR": _words("contact compta accueil"),
    "DE": _words("info einkauf buchhaltung"),
    "ES": _words("info ventas administracion"),
}

NOTES = (
    "Met at the trade fair, stand 4.12. Wants a quote before summer.",
    "=> call back after 17:00",
    "+1 for the webinar",
    "- do not call on Fridays",
    "Rappeler lundi  (congés jusqu’au 12)",
    "prefers e-mail !!",
    "@Tom please take over",
    "Kennt Frau Holtgräfe aus Hamburg",
    "=SUM of last 3 orders is too low",
    "Line one\nLine two: keep both",
    "  two spaces in front, on purpose",
    "old number, left the company?",
    "☕ likes coffee, 020 7946 0999 is her assistant",
    "PO 2026-114 / réf. 00042",
    "llamar por la tarde",
    "0044",
    "VIP",
    "do NOT merge with her sister",
)

STATUSES = ("Lead", "Contacted", "Customer", "Lost")
