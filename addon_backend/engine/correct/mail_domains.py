"""Mail domains that most private addresses have; written by us."""

from __future__ import annotations

POPULAR = frozenset(
    """
    gmail.com googlemail.com google.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com
    msn.com icloud.com me.com mac.com aol.com aim.com proton.me protonmail.com pm.me fastmail.com zoho.com
    hey.com mail.com email.com gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.fr web.de t-online.de freenet.de
    arcor.de mail.de email.de posteo.de 1und1.de online.de vodafone.de hotmail.fr outlook.fr live.fr
    yahoo.fr orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr aliceadsl.fr
    club-internet.fr hotmail.co.uk yahoo.co.uk live.co.uk outlook.co.uk btinternet.com sky.com talktalk.net
    virginmedia.com ntlworld.com blueyonder.co.uk hotmail.it libero.it virgilio.it tiscali.it alice.it
    tin.it yahoo.it outlook.it live.it hotmail.es yahoo.es outlook.es telefonica.net bluewin.ch hispeed.ch
    sunrise.ch telenet.be skynet.be proximus.be outlook.be hotmail.be ziggo.nl kpnmail.nl xs4all.nl
    planet.nl home.nl hetnet.nl live.nl hotmail.nl casema.nl sapo.pt iol.pt terra.com.br uol.com.br
    bol.com.br ig.com.br yahoo.com.br hotmail.com.br outlook.com.br globo.com comcast.net verizon.net
    att.net sbcglobal.net bellsouth.net charter.net cox.net earthlink.net frontier.com optonline.net
    facebook.com rogers.com shaw.ca sympatico.ca telus.net videotron.ca yahoo.ca hotmail.ca bell.net
    bigpond.com optusnet.com.au yahoo.com.au outlook.com.au yandex.ru yandex.com mail.ru rambler.ru bk.ru
    qq.com 163.com 126.com naver.com hanmail.net rediffmail.com yahoo.in yahoo.co.in wp.pl o2.pl onet.pl
    interia.pl seznam.cz centrum.cz abv.bg ukr.net hotmail.se telia.com hotmail.de yahoo.de outlook.de
    live.de live.be live.ca foxmail.com yopmail.com tutanota.com tuta.com tuta.io yeah.net sina.com sohu.com
    y7mail.com ownmail.net rediff.com inbox.com gmx.us mailbox.org runbox.com hushmail.com
    """.split()
)

EVERYWHERE = frozenset("yahoo hotmail outlook live gmx msn yandex".split())
"""Providers with a domain in many countries: with any real country ending they are right."""

TOPS = (
    "com",
    "net",
    "org",
    "fr",
    "de",
    "it",
    "es",
    "nl",
    "be",
    "ch",
    "at",
    "pt",
    "eu",
    "ca",
    "io",
    "info",
    "co.uk",
    "com.au",
)
"""Endings that a mistyped one is compared with, the likelier first; country endings are too alike."""

MISTYPED_TOPS = frozenset("co cm om con cmo ocm comm vom xom cim cpm coom ccom cop col".split())
"""Endings that are mostly a mistyped ``com`` behind the name of a mail provider; some exist."""
