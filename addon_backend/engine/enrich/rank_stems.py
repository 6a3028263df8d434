"""What a rank is called in English, French, German, Spanish, Italian, Dutch and Portuguese.

A phrase is words apart by spaces, in ASCII; ``x*`` matches a beginning, ``*x`` an end, ``*x*`` a part.
The first rank that matches wins, so "Founder & CEO" is Owner and "Senior Manager" is Manager.
"""

from __future__ import annotations

from addon_backend.engine.enrich.phrasebook import Phrase, phrases

NEVER_RANK = phrases(
    """
    product owner, process owner, data owner, service owner, system owner, business partner,
    partner manager, channel partner, partner sales, partner marketing, partner account, staff nurse,
    lead generation, lead gen, senior care, senior living, executive chef, sous chef, chef de rang,
    chef de partie, chef de cuisine, cadre de sante, attache* de direction, directiesecretar*,
    mister president
    """
)
"""Words that look like a rank or a department and are none: taken out first."""

PAST = frozenset(
    "former formerly ex ancien ancienne ehemals ehemaliger ehemalige retired retraite retraitee".split()
)
"""A title that starts so is no longer held."""

SERVES = phrases(
    """
    assistant to, assistant of, assistante de, assistant de, assistante du, assistant du, assistenz der,
    assistent der, assistentin der, assistent des, assistentin des, assistenz des, asistente de,
    asistenta de, assistente di, assistente del, assistente da, assistente do, assistente de, secretar* de,
    secretar* du, secretar* to, referent* der, office of, assistent van, assistente van, *assistenz,
    *assistent, *assistentin, executive assistant, personal assistant, assistant executive, buro des
    """
)
"""Who works for somebody: what follows is the other person's rank."""

RANKS: tuple[tuple[str, tuple[Phrase, ...]], ...] = (
    (
        "Intern",
        phrases(
            """
            intern, interns, internship, trainee*, apprentice*, stagiaire*, apprenti*, alternant*,
            alternance, praktikant*, werkstudent*, auszubildend*, azubi, volontar*, becari*, en practicas,
            practicante, tirocinant*, stagista, apprendista, stagiair, leerling, estagiari*, aprendiz,
            student, working student
            """
        ),
    ),
    (
        "Junior",
        phrases("junior, jr, entry level, graduate, debutant*, berufseinsteiger*, jun, principiante"),
    ),
    (
        "Owner",
        phrases(
            """
            owner, owners, coowner, founder, cofounder, founding partner, proprietor, proprieta*, propieta*,
            fondat*, cofondat*, grunder*, gruender*, mitgrunder*, mitgruender*, inhaber*, mitinhaber*,
            fundador*, cofundador*, fundadora, titolare, socio, socia, eigenaar, eigenares,
            oprichter*, medeoprichter*, dono, partner, gesellschafter*, associe, associee, vennoot,
            freelance*, independant, selbstandig*, autonomo, self employed, zzp*
            """
        ),
    ),
    (
        "C-level",
        phrases(
            """
            ceo, cfo, cto, coo, cmo, cio, ciso, cpo, cro, chro, cdo, cso, cco, clo, cxo, chief * officer,
            chief * * officer, chief officer, chief executive
            """
        ),
    ),
    (
        "VP",
        phrases(
            """
            vp, svp, evp, avp, rvp, vice president*, vicepresident*, vizeprasident*, vice presidente,
            vicepresidente, vice presidenza
            """
        ),
    ),
    (
        "C-level",
        phrases(
            """
            president, presidente, presidenta,
            presidentin, prasident*, chair, chairman, chairwoman, chairperson, managing director,
            executive director, general manager, pdg, dg, dga, directeur general, directrice generale,
            direction generale, dir general, director general, directora general, director gerente,
            director ejecutivo, directora ejecutiva, consejero delegado, consejera delegada,
            gerente general, direttore generale, direttrice generale, amministratore delegato,
            amministratrice delegata, amministratore unico, diretor geral, diretora geral,
            diretor executivo, diretora executiva, administrador delegado, algemeen directeur, bestuurder,
            zaakvoerder, geschaftsfuhr*, geschaeftsfuehr*, vorstand*, gerant, gerante, cogerant*,
            dirigeant*, chef d entreprise, md, ad, secretaire general, secretaire generale
            """
        ),
    ),
    (
        "Head",
        phrases(
            """
            head, global head, abteilungsleit*, bereichsleit*, hoofd, chef* de service, chef* du service,
            chef de departement, jefe de departamento, jefa de departamento, jefe de area, capo area,
            capo reparto, chefe de departamento, chefe de servico
            """
        ),
    ),
    (
        "Director",
        phrases(
            """
            director, directors, directora, directeur, directrice, direktor, direktorin, direttore,
            direttrice,
            diretor, diretora, dir, drh, daf, dsi, dirco, dircom, raf
            """
        ),
    ),
    (
        "Manager",
        phrases(
            """
            teamleit*, teamlead*, gruppenleit*, projektleit*, schichtleit*, bauleit*, filialleit*, manager,
            managers, manageur, manageuse, mgr, responsable*, responsabile, responsavel, gerente, gerenta,
            jefe, jefa, chef, cheffe, chefe, supervis*, superviseu*, encargad*, capo, capoufficio,
            team lead, team leader, teamleider, *leider, projectleider, leidinggevende, bedrijfsleider,
            foreman, encarregad*, coordinador jefe, vorarbeiter, conducteur de travaux, chief of staff,
            projektmanager*, *manager, *managerin, managerin, caporeparto, animateur des ventes
            """
        ),
    ),
    (
        "Head",
        phrases("leiter, leiterin, leitung, *leiter, *leiterin, *leitung, leitende*"),
    ),
    (
        "Senior",
        phrases(
            """
            senior, sr, principal, lead, expert, experte, expertin, experto, confirme, confirmee,
            staff engineer,
            staff software, architect, architecte de solution, distinguished, fellow
            """
        ),
    ),
    (
        "Junior",
        phrases(
            """
            assistant*, assistent*, assistenz, *assistenz, *assistent, *assistentin, asistente, asistenta,
            auxiliar, aide, aushilf*, hilfskraft, helper, ausiliario, hulp, medewerker, ayudante, addetto,
            addetta
            """
        ),
    ),
)
