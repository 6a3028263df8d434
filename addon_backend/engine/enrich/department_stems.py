"""What departments are called in English, French, German, Spanish, Italian, Dutch and Portuguese.

Phrases as in ``rank_stems``. The weak table is asked only when the first one says nothing.
"""

from __future__ import annotations

from addon_backend.engine.enrich.phrasebook import Phrase, phrases

DEPARTMENTS: tuple[tuple[str, tuple[Phrase, ...]], ...] = (
    (
        "Sales",
        phrases(
            """
            sales*, business development, biz dev, bizdev, bdr, sdr, account executive, account manager*,
            account director, key account*, kam, grands comptes, cro, chief revenue officer, revenue,
            commercial*, commercieel, commerciele, technico commercial*, ingenieur d affaires,
            charge* d affaires, vente*, vendeu*, vertrieb*, verkauf*, verkaufer*, aussendienst*,
            innendienst*, ventas, vendedor*, comercial*, commerciale, vendite, venditore, venditrice,
            verkoop*, verkoper*, vertegenwoordiger, vendas, agente commerciale, representant*,
            delegue commercial, delegue medical, salesman, saleswoman, customer advisor,
            developpement commercial, developpeur commercial, export, chargee d affaires,
            ingenieur commercial, sales engineer, presales, avant vente, handelsvertreter*, accountmanager*
            """
        ),
    ),
    (
        "Marketing",
        phrases(
            """
            marketing*, cmo, chief marketing officer, brand*, communication*, communicatie*, comunicacion*,
            comunicazione, comunicacao, kommunikation*, seo, sea, graphic design*, graphiste*, grafik*,
            event*, evenement*, redaktion*, content, social media, community manager, growth,
            public relations, pr manager, press, presse*, relations presse, digital marketing, *marketing,
            werbung*, advertising, publicidad, publicite, pubblicita, traffic manager,
            offentlichkeitsarbeit, copywriter, redacteur, event manager, evenementiel
            """
        ),
    ),
    (
        "Finance",
        phrases(
            """
            financ*, finanz*, finanza, financeiro, cfo, accountant*, accounting, accounts payable,
            accounts receivable, account payable, bookkeep*, controller*, controlling,
            controleur de gestion, controleuse de gestion, controle de gestion, controllo di gestione,
            comptab*, expert comptable, daf, raf, kaufmannisch*, kaufmaennisch*, treasur*, tresor*, tesor*,
            audit*, tax, fiscal*, buchhalt*, *buchhalt*, rechnungswesen, steuer*, contab*, contador*,
            boekhoud*, payroll and finance, credit manager, billing, facturation, investor relations,
            administrati* et financ*, administrati* y financ*, ragionier*, tesoreria
            """
        ),
    ),
    (
        "HR",
        phrases(
            """
            hr, human resources, human capital, people and culture, people operations, people partner,
            talent*, recruit*, recrut*, chro, chief people officer, chief human resources officer, drh, rrh,
            rh, ressources humaines, personal*, personnel, recursos humanos, rrhh, risorse umane,
            capital humano, hrbp, payroll, paie, gestionnaire de paie, personeel*, p and o, selezione,
            nomine, learning and development, formation, lohn*, chief happiness officer
            """
        ),
    ),
    (
        "IT",
        phrases(
            """
            it, cio, chief information officer, chief information security officer, ciso, cybersec*, cyber*,
            informati*, information technology, information systems, information security, dsi, rssi,
            systeme* d information, sistemas, sistemi informativi, system administrator, sysadmin,
            systems administrator, administrateur systeme*, administrateur reseau*, network administrator,
            network engineer, systemadministrator*, administrador de sistemas, database administrator, dba,
            data, datos, edv, infrastructure, helpdesk informatique, ict, tecnologia de informacao,
            *informatik*, it support, support informatique, business intelligence, cdo, chief data officer,
            chief digital officer, transformation digitale, tecnologias de la informacion, cloud, erp
            """
        ),
    ),
    (
        "Engineering",
        phrases(
            """
            engineering, software*, developer*, developpeu*, developp* web, programm*, entwickl*,
            *entwickl*, desarrollador*, sviluppator*, ontwikkel*, desenvolvedor*, programador*, devops, sre,
            full stack, fullstack, frontend, front end, backend, back end, cto, chief technology officer,
            chief technical officer, rnd, r d, research and development, recherche et developpement,
            forschung*, investigacion y desarrollo, ricerca e sviluppo, directeur technique,
            directrice technique, technical director, direttore tecnico, director tecnico,
            technischer leiter, technische leitung, bureau d etudes, machine learning, qa engineer,
            test engineer, mechanical engineer, electrical engineer, design engineer, tech lead, ingegneria,
            ingenieria, konstrukt*, research engineer
            """
        ),
    ),
    (
        "Product",
        phrases(
            """
            product manager*, product owner*, head of product, vp product, chief product officer, cpo,
            product director, director of product, product marketing owner, chef de produit,
            cheffe de produit, responsable produit, directeur produit, directrice produit, produktmanag*,
            jefe de producto, jefa de producto, product designer, ux*, ui, user experience,
            responsabile prodotto, productmanager*, gestor de produto, product lead, product, design lead
            """
        ),
    ),
    (
        "Operations",
        phrases(
            """
            operation*, operaciones, operazioni, operacoes, coo, chief operating officer, supply chain,
            logisti*, production*, produktion*, produccion, produzione, producao, productie*, manufactur*,
            plant manager, factory, usine, directeur de site, werksleit*, werkleit*, fabrik*, stabilimento,
            warehouse, truck driver*, driver*, chauffeur*, fahrer*, kraftfahrer*, conductor, autista,
            atelier, dispatcher*, entrepot, magasinier*, lager*, almacen, magazzin*, magazijn*, maintenance,
            manutenzione, mantenimiento, manutencao, instandhalt*, quality, qualite, qualitat*, calidad,
            qualita, kwaliteit*, qualidade, transport*, spedition, disponent*, planner, planning, hse, qhse,
            safety, facility*, facilities, conducteur de travaux, bauleit*, chef de chantier, fertigung*,
            betriebsleit*, bedrijfsleider, depot, exploitation, ordonnancement, jefe de obra, capo cantiere
            """
        ),
    ),
    (
        "Legal",
        phrases(
            """
            legal*, lawyer, attorney, counsel, general counsel, juri*, jurist*, avocat*, notaire*,
            rechtsanw*, recht*, justiziar*, abogad*, avvocat*, advocaat, advogad*, compliance, dpo,
            data protection*, protection des donnees, datenschutz*, clo, chief legal officer, privacy,
            paralegal, contract manager, asesor juridico, giuridic*, legale, solicitor
            """
        ),
    ),
    (
        "Purchasing",
        phrases(
            """
            purchas*, procurement, buyer, buyers, sourcing, achat*, acheteu*, approvisionn*, einkauf*,
            *einkauf*,
            einkaufer*, beschaffung*, compras, comprador*, acquisti, buyer, compratore, inkoop*, inkoper*,
            approvvigionament*, aprovisionamiento, category manager, supplier*, vendor manager, acquisitions
            """
        ),
    ),
    (
        "Support",
        phrases(
            """
            support, customer service*, customer care, customer success*, customer support, client success,
            helpdesk, help desk, service desk, service client*, relation client*, sav, apres vente,
            after sales, aftersales, technical support, kundenservice*, kundendienst*, kundenbetreu*,
            kundenberat*, atencion al cliente, servicio al cliente, assistenza clienti, servizio clienti,
            klantenservice*, apoio ao cliente, atendimento*, customer experience, experience client,
            call center, callcenter, teleconseill*, conseill* client*, soporte, assistenza tecnica, suporte,
            hotline
            """
        ),
    ),
    (
        "Administration",
        phrases(
            """
            office manager*, attache* de direction, assistant* de gestion, directiesecretar*,
            assistante de direction, assistant de direction, assistante direction, secretar*, secretaire*,
            sekret*, segretari*, secretaresse, executive assistant, personal assistant, receptionist*,
            receptionniste*, rezeption*, recepcion*, empfang*, receptie*, administrative assistant,
            assistant* administrati*, administrati*, office assistant, office administrator, backoffice,
            back office, sachbearbeit*, assistenz der geschaftsfuhrung, standardiste, amministrativ*,
            management assistant*, directiesecretar*, services generaux, buroassist*, burokauf*
            """
        ),
    ),
)

WEAK_DEPARTMENTS: tuple[tuple[str, tuple[Phrase, ...]], ...] = (
    (
        "Engineering",
        phrases(
            """
            engineer*, ingenieu*, ingegner*, ingenier*, engenheir*, technical*, technique, tecnic*,
            technisch*, technici*, techniker*, research*, chercheu*, scientist, scrum master*, agile coach*,
            wissenschaft*, architect*, technolog*
            """
        ),
    ),
    (
        "Operations",
        phrases(
            """
            project*, projet*, projekt*, proyecto*, progetto, projeto*, program manager, pmo,
            operator, operat*
            """
        ),
    ),
    (
        "Management",
        phrases(
            """
            ceo, dga, prokurist*, chief executive*, administrateur, board member*, non executive director,
            president*, prasident*, pdg, dg, owner, *founder, fondat*, cofondat*, grunder*, gruender*,
            inhaber*, gerant*, managing director, general manager, geschaftsfuhr*, geschaeftsfuehr*,
            vorstand*, director general*, directeur general, directrice generale, directora general,
            consejer* delegad*, gerente general, direttore generale, amministratore delegato,
            amministratrice delegata, amministratore unico, diretor geral, diretora geral,
            algemeen directeur, eigenaar, eigenares, oprichter*, titolare, socio, fundador*, propietari*,
            proprietari*, proprietaire*, chairman, chairwoman, partner, dirigeant*, zaakvoerder, bestuurder,
            director gerente, director ejecutivo, directora ejecutiva, executive director,
            diretor executivo, chef d entreprise, associe, associee, chief of staff
            """
        ),
    ),
)
