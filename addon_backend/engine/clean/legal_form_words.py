"""Legal forms of companies, compact: small letters, without dots, spaces, slashes and brackets.

Written by us from the forms' national laws; ISO 20275 was the check list.
"""

from __future__ import annotations

STRONG_FORMS = frozenset(
    """
    inc incorporated corp corporation co ltd limited llc llp lllp plc pllc pty ptyltd ptylimited
    proprietarylimited coltd colimited coinc coplc pteltd ptelimited pte pvt pvtltd pvtlimited
    privatelimited privateltd coopltd limitedpartnership limitedliabilitycompany publiclimitedcompany
    unlimited ultd cic pbc ltdco publiccoltd publiccompanylimited bhd sdnbhd coltda corpltd corpinc llcltd
    incltd

    sarl sàrl sasu eurl earl scea gaec gie scop selarl selas selasu scic sprl sprlu asbl scrl srlu

    gmbh ggmbh gmbh&cokg gmbh&cokgaa gmbh&coohg gmbh&co gmbhcokg gmbhco mbh mbh&cokg ughaftungsbeschränkt
    kgaa ag&cokg ag&cokgaa se&cokg se&cokgaa ug&cokg &cokg &coohg &cokgaa cokg ohg gbr aktiengesellschaft
    gesellschaftmbh gesmbh ltd&cokg ekfm ekfr eingetragenerverein

    vof bvba cvba ebvba commv vzw cooperatieua coöperatieua besloten

    slu sll slp slne sau sadecv sderldecv sderl saic srldecv sapidecv sapi sabdecv sociedadlimitada
    sociedadanonima sociedadanónima eireli ltda ltdame ltdaepp eirl srltda cialtda unipessoallda sgps sgpssa
    unipessoal

    srl srls sapa scarl scpa soccoop soccooparl societàperazioni srlunipersonale

    oyj abp aktiebolag aktieselskab ehf abpubl oü uab ivs amba fmba

    spzoo spółkazoo spolkazoo spzookomandytowa spzoospk spzoosk spj spółkaakcyjna
    spółkazograniczonąodpowiedzialnością sro spolsro zrt nyrt kkt doo eood ood ead jdoo ojsc cjsc pjsc jsc
    ooo oao zao pao ооо оао зао пао тов прат

    aş anonimşirketi ltdşti kabushikikaisha godokaisha fze fzco fzllc wll llcfz tbk
    """.split()
)
"""Forms that no name ends with by chance."""

WEAK_FORMS = frozenset(
    """
    ab ad ae ag ans ao aps ca as asa bt bv clg cv cvo da dac dd ee ehf ek eg epe ev fzc gk hb hf ik is kb
    kft kg kk ks lc lda lp ltee ltée mb na nv oe og oy pa pc pt publ sa sab sac sal sarlau sas sc sca scs se
    sia sk sl snc spa spk spr tic ug yk ао ип эп
    """.split()
)
"""Forms that are also words or initials: they count when written as forms (``S.A.``, ``AG``, ``SpA``)."""

SMALL_FORMS = frozenset("ab ag as bv kg lp nv oy pc sa sas sl spa ug".split())
"""Weak forms that count in names written in small letters throughout."""

MIXED_FORMS = frozenset(
    "Ab As Oy SpA S.p.a S.p.a. Kft Kft. ApS Lda Lda. Ltée Ltée. Ltee e.V. e.K. e.G. eV eK eG Ug".split()
)
"""Spellings of weak forms, besides capitals and dots, that only forms have."""

PREFIX_FORMS = frozenset(
    """
    ab ag as asbl cv earl eurl gaec gie gmbh oao oo ooo oü oy pao pt ptpersero sa sarl sas sasu scea sci
    scop scp selarl selas sia snc sprl uab zao ао зао ип оао ооо пао прат тов
    """.split()
)
"""Forms that some countries write before the name."""

NOT_BEFORE_SPA = frozenset("beauty day hair health hotel med medi nail resort the urban wellness".split())
"""What is a spa to bathe in, not a società per azioni."""

JOINERS = frozenset("& + and et und e y en of de the for des du der di da do".split())
"""Words that no name ends with: the form after them belongs to it (``Hotel and Spa``, ``Tiffany & Co``)."""
