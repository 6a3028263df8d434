"""The phrases that headers of business lists are made of, in seven languages; written by us.

Regular expressions over folded words (no accents, small letters, single spaces); line breaks are for reading.
"""

from __future__ import annotations

from addon_backend.domain.kinds import ColumnKind as Kind

SURE, LIKELY, MAYBE = 0.95, 0.75, 0.5
"""How much a header may weigh: it names the kind; it names it among others; it could also mean others."""

PHRASES: tuple[tuple[Kind, float, str], ...] = (
    (
        Kind.EMAIL,
        SURE,
        """
            e ?mails?|e ?mail address(es)?|mails?|courriels?|correos?( electronicos?)?|mel|
            adresse (e ?mail|mail|electronique)|indirizzo e ?mail|posta elettronica|emailadres|
            e mail adres+e?|endereco de e ?mail|adel|direccion de correo
        """,
    ),
    (
        Kind.PHONE,
        SURE,
        """
            (tele)?phones?|tel|tels|telephones?|telephone (number|no|fixe|portable|mobile)|
            phone (number|no|nr)|fax|(fax|tel|mobile|cell|contact|phone) (number|no|nr|n)|mobiles?|
            mobile phone|cell( ?phone)?|gsm|portable|fixe|standard|ligne directe|direct line|
            (numero|num|no|n|nr) (de )?(tel|telephone|portable|mobile|fax|phone|telefono|telefone)|
            telefon(nummer)?|handy(nummer)?|mobil(telefon|nummer)?|rufnummer|telefax|
            telefono( movil| fijo)?s?|movil|celular|cellulare|cell|telefoon(nummer)?|mobiel|telefone|
            telemovel|whats ?app|landline|switchboard|festnetz|telefonos
        """,
    ),
    (
        Kind.LINKEDIN_PERSON,
        LIKELY,
        """
            linked ?in( (profile?|url|link|person|contact|profil))*|profil linked ?in|
            (url|lien|profil) linked ?in|person linked ?in( url)?|li url
        """,
    ),
    (
        Kind.LINKEDIN_COMPANY,
        SURE,
        """
            (company|account|organi[sz]ation|firm|societe|entreprise|corporate) linked ?in( (page|url|
            profile|id|link))*|
            linked ?in (company|societe|entreprise|organi[sz]ation)( (page|url|link))?|
            page linked ?in( (societe|entreprise))?
        """,
    ),
    (
        Kind.URL,
        SURE,
        """
            urls?|web ?sites?|web ?site (url|address)|web( ?page| address| link)?|sites? (web|internet)|
            site|internet|home ?page|page web|links?|liens?|(company|corporate) (website|url)|webseite|
            sitio( web)?|pagina ?web|sito( web)?|weblinks?|lien (web|url)|facebook|twitter|instagram|
            youtube|xing|agenda url|video archive
        """,
    ),
    (
        Kind.COMPANY_DOMAIN,
        SURE,
        """
            domains?|domain names?|(company|e ?mail|web|account|website|primary) domains?|domaines?|
            nom de domaine|dominio
        """,
    ),
    (
        Kind.PERSON_FIRST_NAME,
        SURE,
        """
            first ?names?|given ?names?|fore ?names?|fname|f name|prenoms?|vorname|rufname|nombre de pila|
            primer nombre|nome di battesimo|voornaam|roepnaam|primeiro nome|contact first( name)?|
            judge first|nombre ?1|nombre ?2|segundo nombre|christian name
        """,
    ),
    (
        Kind.PERSON_LAST_NAME,
        SURE,
        """
            last ?names?|family ?names?|sur ?names?|lname|l name|nom de famille|noms? de naissance|
            nom d usage|nom patronymique|nachname|familienname|zuname|apellidos?( [12])?|apellido(s)?|
            cognome|achternaam|familienaam|sobrenome|ultimo nome|judge last|primer apellido|segundo apellido
        """,
    ),
    (
        Kind.PERSON_FULL_NAME,
        SURE,
        """
            full ?names?|complete name|person( name)?|contact (full )?name|contact person|nom complet|
            nom (et )?prenoms?|prenoms? (et )?nom|nom (du )?contact|ansprechpartner(in)?|kontaktperson|
            vollstandiger name|nombre completo|nombres? y apellidos?|apellidos? y nombres?|
            persona de contacto|nome completo|nome e cognome|cognome e nome|referente|volledige naam|
            contactpersoon|nome contato|representante legal|
            (owner|customer|client|employee|lead|attendee|speaker|candidate|student|participant|user|member|
            patient) name|
            interlocuteur|name surname|first (and )?last name|last (and )?first name|first last|
            vorname nachname|decision maker|dirigeant
        """,
    ),
    (
        Kind.PERSON_SALUTATION,
        SURE,
        """
            salutation|civilites?|civ|anrede|tratamiento|aanhef|courtesy title|honorific|name prefix|
            titolo di cortesia|tratamento|prefix|aanspreking|formule de politesse|mr mrs
        """,
    ),
    (
        Kind.JOB_TITLE,
        SURE,
        """
            job ?titles?|job( position| function| role)?|position( title)?|fonctions?|poste( occupe)?|
            intitule (de |du )?poste|metier|occupation|profession|berufsbezeichnung|beruf|
            stellenbezeichnung|funktion|cargo|puesto( de trabajo)?|qualifica|ruolo|mansione|functie(titel)?|
            funcao|professional title|contact title|job function|titre du poste|rolle|puesto|headline|role
        """,
    ),
    (
        Kind.COMPANY_NAME,
        SURE,
        """
            compan(y|ies)|company ?name|business ?name|organi[sz]ation( name)?|organi[sz]ations|
            account( name)?|employer( name)?|firm( name)?|customer company|legal (entity )?name|
            trading name|trade name|corporate name|vendor( name)?|suppliers?( name)?|societes?|
            nom (de )?(la |l )?(societe|entreprise|organisation)|entreprises?|raison sociale|
            denomination( sociale)?|enseigne|fournisseurs?|etablissement|firma|firmen?( ?name)?|
            unternehmen(sname)?|lieferant|empresas?|nombre (de )?(la )?empresa|razon ?social|proveedor(es)?|
            compania|aziendas?|azienda|ragione sociale|ditta|societa|fornitore|bedrijf(snaam)?|bedrijven|
            organisatie|leverancier|nome da empresa|razao social|fornecedor|current (company|employer)|
            company legal name|nom societe|nom entreprise|statutory name|client|clients|kunde|cliente|
            societe client
        """,
    ),
    (
        Kind.ADDRESS_POSTCODE,
        SURE,
        """
            zip|zip ?codes?|post ?codes?|postal ?codes?|postal|codes? postal|codes? postaux|cp|plz|
            postleitzahl|codigos? postal(es)?|c p|cap|codice postale|cep|code ?postal|zip postal code|
            postal zip code|postcode zip
        """,
    ),
    (
        Kind.ADDRESS_CITY,
        SURE,
        """
            city|cities|town|city (or )?town|city name|town city|villes?|communes?|localites?|ort|stadt|
            wohnort|ciudad(es)?|poblacion|localidad|municipios?|municipality|citta|comune|localita|stad|
            plaats|woonplaats|gemeente|cidade|municipio|suburb|hq city|nombre ?mnpio|ville
        """,
    ),
    (
        Kind.ADDRESS_REGION,
        SURE,
        """
            state|states|province|state province|region|regions|state (abbreviation|code|name)|county|
            county name|departements?|dept|bundesland|kanton|canton|provincia|comunidad autonoma|regione|
            provincie|regio|distrito|uf|state region|departamento|dpto|region administrative|hq state|
            nombre ?dpto
        """,
    ),
    (
        Kind.COUNTRY,
        SURE,
        """
            countr(y|ies)|country ?(name|code|region|iso)?|pays|land|staat|pais|paises|paese|nazione|landen|
            country of (residence|origin|registration)|hq country|nation|nationality|nationalite|lander|
            code pays|iso country|country iso
        """,
    ),
    (
        Kind.ADDRESS_STREET,
        SURE,
        """
            street|streets|street( ?address| name| line)?|street ?1|rue|voie|adresse ?1|strasse|str|
            strasse (und )?(nr|hausnummer)|calle|via|indirizzo ?1|straat|straatnaam|rua|logradouro|
            address ?(line ?)?1|line 1|numero et rue|adresse ligne ?1|direccion ?1|po box( address)?|
            building|n et voie
        """,
    ),
    (
        Kind.ADDRESS_LINE,
        LIKELY,
        """
            address(es)?|address full|full address|adresses?|adresse (complete|postale)|anschrift|adresse|
            direccion(es)?|indirizzo|adres|endereco|
            (mailing|postal|billing|shipping|business|company|home|work|office|delivery|physical|civic|
            street) address|
            lieu|siege( social)?|headquarters?|hq|standort|ubicacion|morada
        """,
    ),
    (
        Kind.VAT,
        SURE,
        """
            vat|vat ?(number|no|id|nr|registration( number)?|code)?|tva|
            (numero|num|n|no) (de )?tva( intracom(munautaire)?)?|tva intracom(munautaire)?|ust ?id( ?nr)?|
            ust idnr|umsatzsteuer id|uid( nummer)?|mwst nr|nif iva|cif iva|partita iva|p iva|piva|
            btw( ?nummer| nr)?|eu vat|numero iva|tax id|tva intra|steuernummer
        """,
    ),
    (
        Kind.REGISTRATION,
        SURE,
        """
            siren|siret|n siren|n siret|(numero|num|no) (de )?(siren|siret)|rcs|
            registration ?(number|no|nr)|company (registration )?(number|no)|registered number|crn|
            companies house( number)?|hrb|hra|handelsregister( ?nummer| nr)?|kvk( ?nummer| nr)?|cif|nif|nit|
            cnpj|abn|acn|ein|numero d immatriculation|immatriculation|codice fiscale|org ?nr|
            organisationsnummer|bce|kbo|ondernemingsnummer|registry number|krs|cvr|
            company reg(istration)?( no| number)?|code siren|code siret
        """,
    ),
    (
        Kind.IBAN,
        SURE,
        """
            iban|iban (number|code|nr)|compte iban|bank account iban|kontonummer iban
        """,
    ),
    (
        Kind.LEI,
        SURE,
        """
            lei|lei code|legal entity identifier
        """,
    ),
    (
        Kind.DATE,
        SURE,
        """
            dates?|date ?time|timestamp|created|updated|modified|birth ?da(te|y)|dob|date (de|of|du|d) .*|
            .* dates?|.* date time|.* (on|at)|created .*|
            last (contact(ed)?|activity|modified|updated|seen|login)( date)?|naissance|datum|.*datum|
            fecha( .*)?|data (di|de) .*|geburtstag|geburtsdatum|expires|expiration|echeance|start|end|
            deadline|anniversaire
        """,
    ),
    (
        Kind.CURRENCY,
        SURE,
        """
            amount|price|revenue|turnover|sales|budget|cost|salary|total|montant|prix|ca|chiffre d affaires|
            devise|currency|umsatz|preis|betrag|importe|precio|ingresos|facturacion|fatturato|prezzo|
            importo|omzet|prijs|bedrag|receita|preco|valor|annual revenue|deal (value|size|amount)|arr|mrr|
            funding|value|waehrung|wahrung|moneda|valuta|moeda|ca ht|revenus?|cout|tarif|loyer
        """,
    ),
    (
        Kind.NUMBER,
        SURE,
        """
            number of .*|nb|nombre (de|d) .*|count|employees|effectifs?|headcount|quantity|qty|quantite|
            anzahl|mitarbeiter(zahl)?|empleados|dipendenti|aantal|numero de .*|age|score|latitude|longitude|
            lat|lng|long|year|annee|jahr|rank|rating|size|percent|quota|company size|surface|no of .*|nb .*
        """,
    ),
    (
        Kind.BOOLEAN,
        LIKELY,
        r"""
            is .*|has .*|opt ?(in|out).*|optin|active|actif|enabled|subscribed|unsubscribed|verified|
            valide?|newsletter|.* opt ?(in|out)|consent|.*accepted|client \?|customer \?|rgpd|gdpr|aktiv|
            activo|attivo|do not (call|contact)|.* ind|.* flag|.*\?
        """,
    ),
    (
        Kind.ID,
        SURE,
        """
            id|ids|.* id|id .*|uid|uuid|guid|ref|reference|.* ref|code|.* code|code .*|key|external id|
            record( id| number| no)|n|no|nr|#|identifiant|matricule|sku|
            (customer|account|client|order|invoice|ticket|contract|serial|license|licence|permit|case|
            member|badge) (number|no|nr|num)|
            kundennummer|numero (de )?(client|compte|commande|contrat|facture|dossier)|numero|recno|kennung|
            codigo|codice
        """,
    ),
)
"""What names a kind."""

AMBIGUOUS: tuple[tuple[str, tuple[tuple[Kind, float], ...]], ...] = (
    (
        """
            name|names|naam|nomes?|nom|noms|nombres?|namen
        """,
        (
            (Kind.PERSON_FULL_NAME, MAYBE),
            (Kind.COMPANY_NAME, MAYBE),
            (Kind.PERSON_LAST_NAME, 0.3),
            (Kind.PERSON_FIRST_NAME, 0.3),
        ),
    ),
    (
        """
            title|titre|titel|titolo|titulo|.* title
        """,
        (
            (Kind.JOB_TITLE, LIKELY),
            (Kind.PERSON_SALUTATION, MAYBE),
        ),
    ),
    (
        """
            contacts?|owner|assigned to|responsible|manager|gestionnaire|commercial|proprietaire|prospects?|
            leads?|customers?|person|author|coordinator|key contact
        """,
        (
            (Kind.PERSON_FULL_NAME, MAYBE),
            (Kind.EMAIL, 0.4),
            (Kind.PHONE, 0.3),
            (Kind.COMPANY_NAME, 0.3),
        ),
    ),
    (
        """
            first|prenom nom
        """,
        ((Kind.PERSON_FIRST_NAME, LIKELY),),
    ),
    (
        """
            last
        """,
        ((Kind.PERSON_LAST_NAME, LIKELY),),
    ),
    (
        """
            (entity|organi[sz]ation|agency|institution|client|customer|parent|agent organi[sz]ation|
            facility|school|hospital|bus|operator) ?name|
            entity|organismo?|structure|client societe|
            .* (company|societe|entreprise|organi[sz]ation)( name)?
        """,
        ((Kind.COMPANY_NAME, MAYBE),),
    ),
    (
        """
            numero|number|no|num|nr
        """,
        (
            (Kind.PHONE, 0.3),
            (Kind.ID, MAYBE),
        ),
    ),
    (
        """
            locations?( 1)?
        """,
        (
            (Kind.ADDRESS_LINE, MAYBE),
            (Kind.ADDRESS_CITY, MAYBE),
        ),
    ),
    (
        """
            estado|stato|staat
        """,
        (
            (Kind.ADDRESS_REGION, MAYBE),
            (Kind.COUNTRY, MAYBE),
        ),
    ),
    (
        """
            st
        """,
        ((Kind.ADDRESS_REGION, 0.4),),
    ),
    (
        """
            profile|profil
        """,
        (
            (Kind.LINKEDIN_PERSON, 0.4),
            (Kind.URL, 0.4),
        ),
    ),
    (
        """
            land
        """,
        (
            (Kind.COUNTRY, LIKELY),
            (Kind.ADDRESS_REGION, 0.4),
        ),
    ),
    (
        """
            cap
        """,
        ((Kind.ADDRESS_POSTCODE, MAYBE),),
    ),
    (
        """
            cell|standard|portable|direct|fixe
        """,
        ((Kind.PHONE, LIKELY),),
    ),
)
"""What may name several kinds, each with its weight; values and neighbours decide."""

QUALIFIERS = """
    agent|principal|mailing|billing|shipping|delivery|company|contact|business|home|work|office|bus|person|
    owner|customer|client|lead|account|hq|primary|main|personal|professional|pro|professionnel(le)?|
    personnel(le)?|perso|registered|public|city hall|secondary|other|alternate|new|old|current|de|du|la|le|
    du contact|societe|entreprise|prospect|user|sender|recipient|invoice|direct|head office|headquarters|1|
    2|3|i|ii|a|b|principal(e)?|travail|bureau|domicile|facturation|livraison|geschaftlich|privat|dienstlich|
    trabajo|empresa|contacto|azienda|zakelijk|prive|full|your|my|the|of|der|des|del|physical|civic|
    inspector|city hall ward|prestacion|domicilio|ada|organi[sz]ation|supplier|employee|attendee|student|
    member|corporate|parent|buyer|seller|vendor|reporter|representative|judge|employer|candidate|emergency|
    legal|local
"""
"""Words that may stand around a phrase without changing its kind."""

OTHER = r"""
    (.* )?((account|lead|contact|deal|opportunity|record|company|task|case|crm|sales) owner( name| id)?|
    assigned to|(created|modified|updated) by|sales rep(resentative)?|account manager|cree par|modifie par|
    proprietaire du (contact|compte)|commercial en charge|
    middle ?(names?|initials?)?|mi|suff(ix)?|suffixe|nicknames?|alias|maiden( name)?|gender|sexe?|
    geschlecht|genre|initials?|notes?|comments?|commentaires?|bemerkung(en)?|descriptions?|desc|details?|
    biograph(y|ie)|bio|types?|typ|tipo|status|statut|estado civil|categor(y|ies|ie|ia)|skills?|competences?|
    language|langue|idioma|sprache|lingua|industr(y|ie|ia)|secteurs?|sectors?|branche|tags?|source|
    continued|(address|adresse|line|street|address line|adresse ligne|mailing address|
    principal address) ?[23]|complement( d adresse)?|suites?|unit|apt|apartment|floor|etage|c o|room|
    meeting (title|location)|event (name|title)|ethnicity|race|jurisdict(i?on)?( of formation)?|hours|
    opening hours|remarks?|remarques?|coordinates?|geoloc(ation)?|the geom|geometry|.* boundar(y|ies)|ward|
    season ?\d?|neighbou?rhood|community|area|zone|stage|priority|seniority|department|division|service|
    team|equipe|abteilung|product|produit|project|projet|subject|objet|message|question|answer|score|
    rating)( \d)?
"""
"""Headers that name what we have no kind for, or our own colleagues: only unmistakable values count."""

NOTES = r"""
    notes?|nota|notas|notiz|notizen|notities|memos?|remarks?|remarques?|comments?|commentaires?|comentarios?|
    commenti|kommentare?|bemerkung|bemerkungen|anmerkung|anmerkungen|hinweise?|opmerking|opmerkingen|
    aantekening|aantekeningen|observations?|observaciones|observacoes
"""
"""Words of which one in a header says that people write there in their own words."""

SPOILERS = """
    status|opt|sent|count|bounced?|types?|template|subject|consent|quality|score|confidence|opened|clicked|
    clicks|verified|valid|validated|verification|extension|ext|hours?|size|format|source|category|owner id|
    statut|length|description|desc|class|notes?|comments?|percent|rate|index|boundar(y|ies)|districts?|
    tracts?|area|seats?|map|population|number of|nombre de|nb|how|why|when|last|days?|date
"""
"""Words that make another thing of a kind: an e-mail status is no e-mail."""

VOCABULARY = frozenset(
    """
    account achternaam address adresse agent alt apellido apellidos azienda bedrijf billing birth brand
    bus business cargo cell cidade citta city ciudad civic client code cognome company contact correo
    country county cp created customer date delivery departamento dob domain dpto email employer empresa
    end entity estado family fax firma first fixe fore form full given hall home hq iban id iva job
    judge land last lead legal lei linkedin mail mailing main middle mnpio mobile modified municipio
    nachname name names nom nombre nombres nome num number office organisation organization ort owner
    pagina pais parent pays person personal phone physical plz portable post postal postcode prenom
    primary principal pro professional prospect province raison razon region registered rue shipping
    siren siret site sitio sobrenome social societe stad start state status strasse street supplier sur
    tel telefono telephone title town trade tva type updated url user vat vendor ville voornaam vorname
    ward web website work zip zipcode
    """.split()
)
"""Words that headers run together (``agentprincipalcity``)."""
