"""Mail domains and mailbox names that tell what an address is. Written by us from general knowledge.

Short on purpose: a domain that is missing here is called ``work``, which a person sees and can correct; a
company's domain that stood here by mistake would silently lose its company.
"""

from __future__ import annotations

FREE_LABELS = frozenset(
    "aol gmx googlemail hotmail live mail2web msn outlook rocketmail yahoo yandex ymail zoho zohomail".split()
)
"""Brands with one domain per country: ``yahoo.fr``, ``hotmail.co.uk``, ``gmx.at``."""

FREE_DOMAINS = frozenset(
    """
    gmail.com googlemail.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me
    fastmail.com fastmail.fm hushmail.com tutanota.com tutanota.de tuta.io tuta.com mail.com email.com
    usa.com europe.com consultant.com inbox.com lycos.com excite.com netscape.net juno.com netzero.net
    earthlink.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
    optonline.net roadrunner.com frontier.com windstream.net centurylink.net rogers.com shaw.ca
    sympatico.ca videotron.ca telus.net bell.net orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net
    bbox.fr numericable.fr club-internet.fr aliceadsl.fr cegetel.net 9online.fr voila.fr noos.fr
    dbmail.com gmx.net web.de t-online.de freenet.de arcor.de online.de vodafone.de kabelmail.de posteo.de
    mailbox.org 1und1.de netcologne.de unitybox.de bluewin.ch sunrise.ch hispeed.ch swissonline.ch a1.net
    aon.at chello.at libero.it virgilio.it alice.it tin.it tim.it tiscali.it inwind.it iol.it
    fastwebnet.it email.it poste.it telefonica.net terra.es ono.com telecable.es euskaltel.net movistar.es
    sapo.pt netcabo.pt clix.pt iol.pt mail.telepac.pt uol.com.br bol.com.br terra.com.br ig.com.br
    globo.com r7.com ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl upcmail.nl casema.nl
    chello.nl quicknet.nl telenet.be skynet.be proximus.be scarlet.be voo.be belgacom.net btinternet.com
    btopenworld.com virginmedia.com ntlworld.com blueyonder.co.uk sky.com talktalk.net tiscali.co.uk
    o2.co.uk eircom.net telia.com telenor.no online.no comhem.se spray.se bredband.net tele2.se jubii.dk
    stofanet.dk kolumbus.fi luukku.com elisanet.fi wp.pl o2.pl onet.pl interia.pl op.pl tlen.pl gazeta.pl
    seznam.cz centrum.cz azet.sk freemail.hu citromail.hu abv.bg mail.bg mail.ru inbox.ru list.ru bk.ru
    rambler.ru ukr.net i.ua bigmir.net otenet.gr in.gr walla.co.il walla.com qq.com 163.com 126.com
    sina.com sina.cn sohu.com yeah.net foxmail.com aliyun.com naver.com hanmail.net daum.net nate.com
    rediffmail.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp bigpond.com optusnet.com.au iinet.net.au
    xtra.co.nz telkomsa.net mweb.co.za vodamail.co.za hey.com duck.com mailfence.com runbox.com
    disroot.org riseup.net
    """.split()
)

DISPOSABLE_DOMAINS = frozenset(
    """
    mailinator.com mailinator.net guerrillamail.com guerrillamail.net guerrillamail.org guerrillamail.biz
    guerrillamail.de guerrillamailblock.com sharklasers.com grr.la spam4.me pokemail.net yopmail.com
    yopmail.fr yopmail.net cool.fr.nf jetable.fr.nf nospam.ze.tm nomail.xl.cx mega.zik.dj speed.1s.fr
    courriel.fr.nf moncourrier.fr.nf monemail.fr.nf monmail.fr.nf jetable.org jetable.com jetable.net
    trashmail.com trashmail.net trashmail.de trashmail.me trash-mail.com trash-mail.de wegwerfmail.de
    wegwerfmail.net wegwerfmail.org wegwerfemail.de spoofmail.de byom.de 10minutemail.com 10minutemail.net
    10minutemail.org 10minutemail.de 20minutemail.com 20mail.it tempmail.com tempmail.net tempmail.de
    temp-mail.org temp-mail.io temp-mail.ru tempmailo.com tempmail.plus tempr.email tempinbox.com
    tempomail.fr throwawaymail.com throwawayemailaddress.com throwam.com getnada.com nada.email
    getairmail.com dispostable.com discard.email discardmail.com discardmail.de mailnesia.com
    mailcatch.com maildrop.cc mailnull.com mailexpire.com mailmoat.com mailsac.com mailtemp.info
    mail-temp.com mail-temporaire.fr mailforspam.com mytemp.email mytrashmail.com mintemail.com moakt.com
    moakt.cc mohmal.com emailondeck.com emailfake.com email-fake.com emailtemporanea.com
    emailtemporanea.net fakeinbox.com fakemail.net fakemailgenerator.com filzmail.com anonbox.net
    anonymbox.com burnermail.io bugmenot.com deadaddress.com devnullmail.com dropmail.me einrot.com
    eyepaste.com generator.email harakirimail.com incognitomail.com incognitomail.org inboxbear.com
    inboxkitten.com kasmail.com luxusmail.org linshiyouxiang.net minuteinbox.com nowmymail.com
    one-time.email owlymail.com sneakemail.com sofort-mail.de spam.la spambog.com spambog.de spambog.ru
    spambox.us spamfree24.org spamgourmet.com spamex.com spamspot.com tmail.ws tmpmail.net tmpmail.org
    tmpeml.com trbvm.com vomoto.com wh4f.org 1secmail.com 1secmail.net 1secmail.org 33mail.com
    crazymailing.com
    """.split()
)

ROLE_PARTS = frozenset(
    """
    info infos information informations contact contacts contactus hello hi office mail mailbox email post
    team admin administrator administration postmaster webmaster hostmaster root abuse noc security
    sysadmin sales sale marketing press media pr news newsletter support help helpdesk service services
    customerservice customer-service customercare care feedback billing accounts accounting invoice
    invoices invoicing payments finance legal privacy dpo gdpr compliance hr jobs job careers career
    recruiting recruitment hiring enquiries enquiry inquiries inquiry orders order purchasing procurement
    shipping logistics reception frontdesk booking bookings reservation reservations it tech noreply
    no-reply donotreply do-not-reply mailer-daemon subscribe unsubscribe partners partnership partnerships
    events accueil bonjour commercial commerciaux ventes vente achats achat comptabilite compta
    facturation factures facture rh recrutement emploi direction secretariat standard presse communication
    adv sav juridique technique devis commandes commande qualite logistique mairie boutique magasin
    reservations rgpd kontakt buero buro verkauf vertrieb einkauf buchhaltung rechnung rechnungen personal
    bewerbung zentrale empfang kundenservice kundendienst bestellung bestellungen anfrage anfragen presse
    geschaeftsfuehrung datenschutz versand technik contacto hola ventas venta compras contabilidad
    facturacion administracion rrhh empleo atencion atencionalcliente pedidos soporte prensa recepcion
    gerencia reservas contatto contatti ufficio vendite acquisti amministrazione contabilita fatturazione
    fatture risorseumane ordini assistenza segreteria stampa lavoro direzione prenotazioni commerciale
    verkoop inkoop boekhouding administratie facturen klantenservice receptie personeelszaken bestellingen
    contato vendas comercial financeiro faturamento suporte atendimento secretaria geral encomendas
    """.split()
)
"""Local parts that a company, not a person, answers: compared whole, after dropping a ``+tag``."""
