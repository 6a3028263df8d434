"""The company registers we can read: shape, check digits (python-stdnum), lost zeros; one rule per number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import stdnum.at.businessid
import stdnum.au.abn
import stdnum.au.acn
import stdnum.be.vat
import stdnum.ch.uid
import stdnum.dk.cvr
import stdnum.es.cif
import stdnum.fi.ytunnus
import stdnum.fr.siren
import stdnum.fr.siret
import stdnum.it.iva
import stdnum.no.orgnr
import stdnum.pl.nip
import stdnum.pl.regon
import stdnum.pt.nif
import stdnum.se.orgnr
import stdnum.us.ein

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_ZEROS = 3
_SEPARATORS = re.compile(r"[\s.,:/\-–]+")


@lru_cache(maxsize=64)
def _labelled(label: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{label})\s*[:.]?\s*(?=[0-9A-Z])", re.IGNORECASE)


@lru_cache(maxsize=64)
def _shape(shape: str) -> re.Pattern[str]:
    return re.compile(shape)


def _any(_number: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of register number: ``shape`` of the compact form, ``check`` of its digits.

    ``width`` is how many digits a number has that lost its leading zeros (0: none to restore); ``label``
    is what may stand before it.
    """

    country: str
    type: str
    shape: str
    check: Callable[[str], bool] = _any
    width: int = 0
    label: str = ""
    sure: bool = False

    def read(self, text: str, *, restore: bool = True) -> str | None:
        """Return the compact number if ``text`` spells a good one, else None.

        ``restore`` puts lost zeros back: only where the country is known, else any number could be one.
        """
        compact = self._compact(text, restore=restore)
        return compact if compact and self.check(compact) else None

    def accepts(self, text: str) -> bool:
        """Tell whether ``text`` spells a good number as it stands."""
        return self.read(text, restore=False) is not None

    def shaped(self, text: str) -> bool:
        """Tell whether ``text`` looks like such a number, good or not."""
        return self._compact(text, restore=True) is not None

    def _compact(self, text: str, *, restore: bool) -> str | None:
        bare = _labelled(self.label).sub("", text, count=1) if self.label and not text[:1].isdigit() else text
        compact = _SEPARATORS.sub("", bare).upper()
        if not compact.isascii():
            return None
        if restore and compact.isdigit() and self.width - _MOST_ZEROS <= len(compact) < self.width:
            compact = compact.zfill(self.width)
        return compact if _shape(self.shape).fullmatch(compact) else None


_COMPANIES_HOUSE = (
    r"\d{8}|(?:AC|BR|CE|CS|FC|GE|IC|IP|LP|NC|NI|NL|NO|NP|NR|NV|OC|OE|PC|R0|RC|RS|SA|SC|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC)"
    r"\d{6}|(?:IP|SP)\d{5}R"
)

_RULES = (
    Rule("FR", "siret", r"\d{14}", stdnum.fr.siret.is_valid, label="siret|n° ?siret", sure=True),
    Rule("FR", "siren", r"\d{9}", stdnum.fr.siren.is_valid, width=9, sure=True,
         label=r"siren|n° ?siren|rcs[a-zà-ÿ' -]*(?=\d)"),
    Rule("GB", "company_number", _COMPANIES_HOUSE, width=8,
         label=r"company (?:no|number)|crn|reg(?:istered)? no"),
    Rule("DE", "handelsregister", r"(?:HRA|HRB|GNR|VR|PR)\d{1,6}[A-Z]{0,3}"),
    Rule("BE", "enterprise_number", r"(?:BE)?[01]\d{9}", stdnum.be.vat.is_valid, width=10,
         label="bce|kbo|rpm|rpr", sure=True),
    Rule("NL", "kvk", r"\d{8}", width=8, label="kvk"),
    Rule("IT", "partita_iva", r"\d{11}", stdnum.it.iva.is_valid, width=11, sure=True),
    Rule("IT", "rea", r"[A-Z]{2}\d{4,7}", label="rea"),
    Rule("ES", "cif", r"(?:ES)?[A-HJNP-SUVW]\d{7}[0-9A-J]", stdnum.es.cif.is_valid, sure=True,
         label="cif|nif"),
    Rule("PT", "nipc", r"(?:PT)?[5-9]\d{8}", stdnum.pt.nif.is_valid, label="nipc|nif"),
    Rule("CH", "uid", r"CHE\d{9}", stdnum.ch.uid.is_valid, sure=True),
    Rule("LU", "rcs", r"B\d{1,6}", label="rcs|rcsl"),
    Rule("AT", "firmenbuch", r"\d{1,6}[A-Z]", stdnum.at.businessid.is_valid, label="fn"),
    Rule("IE", "cro", r"\d{5,6}", label="cro"),
    Rule("DK", "cvr", r"\d{8}", stdnum.dk.cvr.is_valid, label="cvr"),
    Rule("SE", "orgnr", r"\d{10}", stdnum.se.orgnr.is_valid),
    Rule("NO", "orgnr", r"\d{9}", stdnum.no.orgnr.is_valid, sure=True, label="org(?:nr|\\.?nr)"),
    Rule("FI", "business_id", r"\d{8}", stdnum.fi.ytunnus.is_valid, width=8),
    Rule("PL", "nip", r"\d{10}", stdnum.pl.nip.is_valid, label="nip"),
    Rule("PL", "regon", r"\d{9}|\d{14}", stdnum.pl.regon.is_valid, label="regon"),
    Rule("PL", "krs", r"\d{10}", width=10, label="krs"),
    Rule("US", "ein", r"\d{9}", stdnum.us.ein.is_valid, width=9, label="ein"),
    Rule("AU", "abn", r"\d{11}", stdnum.au.abn.is_valid, sure=True, label="abn"),
    Rule("AU", "acn", r"\d{9}", stdnum.au.acn.is_valid, label="acn"),
    Rule("IN", "cin", r"[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}", sure=True),
)  # fmt: skip
"""Sources: python-stdnum's modules; Companies House prefix list; the registers' own descriptions."""

RULES: dict[str, tuple[Rule, ...]] = {
    country: tuple(rule for rule in _RULES if rule.country == country)
    for country in {rule.country for rule in _RULES}
}
ANYWHERE = tuple(rule for rule in _RULES if rule.sure)
"""Rules whose check digits say enough without knowing the country."""
