"""Small tables of words for comparing rows: titles, short forms, streets. Written by us."""

from __future__ import annotations

HONORIFICS = frozenset(
    """
    mr mrs ms miss mister dr prof professor sir dame madam mme mlle monsieur madame mademoiselle herr frau
    sig signor signora dott dottssa ing sr sra srta senor senora don dona dhr mevr mw drs maitre me phd md
    """.split()
) - {"sr"}

FEMALE_TITLES = frozenset(
    "mrs ms miss mme mlle madame mademoiselle frau signora sra srta senora mevr mw".split()
)
MALE_TITLES = frozenset("mr mister m monsieur herr sig signor sr senor dhr".split())

GENERATIONS = frozenset("jr junior sr senior ii iii iv fils pere".split())

_SHORT = """
    alexander alex sandy lex; alexandra alex sandra; andrew andy drew; anthony tony; antoine tony;
    barbara barb; benjamin ben benny; charles charlie chuck; christopher chris kit; christine chris tina;
    christina chris tina; christian chris; daniel dan danny; david dave davey; deborah deb debbie;
    donald don; edward ed eddie ted ned; elizabeth liz lizzie beth betty eliza; frederick fred freddie;
    gerald gerry jerry; gregory greg; henry harry hank; isabella izzy bella; jacob jake;
    james jim jimmy jamie; jennifer jen jenny; jessica jess jessie; john johnny jack; jonathan jon;
    joseph joe joey; joshua josh; katherine kate kathy katie; catherine cathy cate; kathleen kathy;
    kenneth ken kenny; lawrence larry; leonard len lenny leo; margaret maggie meg peggy; matthew matt;
    michael mike mick micky; nathaniel nat nate; nicholas nick nicky; nicolas nico; oliver ollie;
    pamela pam; patricia pat patty tricia; patrick pat paddy; peter pete; philip phil; philippe phil;
    raymond ray; rebecca becky; richard rick rich dick ricky; robert rob bob bobby robbie;
    ronald ron ronnie; samantha sam; samuel sam sammy; stephen steve stevie; steven steve; susan sue susie;
    theodore ted theo; thomas tom tommy; timothy tim; victoria vicky tori; vincent vince; walter walt;
    william will bill billy liam; zachary zach zack; emmanuel manu; emmanuelle manu; frederic fred;
    stephane steph; stephanie steph; maximilian max; maximilien max; sebastian seb basti; sebastien seb;
    johannes hans hannes; josef sepp; francisco paco pancho; jose pepe; ignacio nacho; manuel manolo;
    dolores lola; giuseppe beppe; luigi gigi; francesco franco; johannes jan; hendrik henk; willem wim;
    cornelis kees cor; petrus piet
"""


def _short_forms() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _SHORT.split(";"):
        full, *short = line.split()
        for name in short:
            table.setdefault(name, full)
    return table


SHORT_FORMS = _short_forms()
"""Short form → full name, the first one listed where a short form has several."""

STREET_WORDS: dict[str, str] = {
    short: full
    for full, shorts in (
        ("street", "st str"),
        ("avenue", "av ave aven"),
        ("boulevard", "bd blvd bld boul blv bvd"),
        ("road", "rd"),
        ("drive", "dr drv"),
        ("lane", "ln"),
        ("court", "ct crt"),
        ("place", "pl plc"),
        ("square", "sq"),
        ("highway", "hwy hiway"),
        ("parkway", "pkwy pky"),
        ("terrace", "ter terr tce"),
        ("circle", "cir circ"),
        ("crescent", "cres cr"),
        ("close", "cl"),
        ("suite", "ste"),
        ("floor", "fl flr"),
        ("apartment", "apt appt"),
        ("building", "bldg bat batiment"),
        ("north", "n"),
        ("south", "s"),
        ("east", "e"),
        ("west", "w"),
        ("rue", "r"),
        ("chemin", "ch che chem"),
        ("impasse", "imp"),
        ("route", "rte"),
        ("allee", "all"),
        ("strasse", "strase"),
        ("platz", "pltz"),
        ("calle", "c cl"),
        ("plaza", "pza plza"),
        ("piazza", "pzza pzz"),
        ("saint", "sainte"),
        ("1", "first"),
        ("2", "second"),
        ("3", "third"),
        ("4", "fourth"),
        ("5", "fifth"),
        ("6", "sixth"),
        ("7", "seventh"),
        ("8", "eighth"),
        ("9", "ninth"),
        ("10", "tenth"),
        ("11", "eleventh"),
        ("12", "twelfth"),
    )
    for short in shorts.split()
}
STREET_TYPES = frozenset(
    """
    street avenue boulevard road drive lane court place square highway parkway terrace circle crescent close
    rue chemin impasse route allee strasse platz calle plaza piazza via viale corso quai cours weg laan straat
    rua avenida paseo faubourg suite floor apartment building north south east west of the de la le les du des
    et and at between corner cnr near unit zone za zi
    """.split()
)
