"""What the demo region is made of: places, sectors and name parts; none of it is a real company or person."""

from __future__ import annotations

from dataclasses import dataclass

REGION_NAME = "Hart van West-Brabant"
REGION_CODE = "DEMO"


@dataclass(frozen=True)
class Place:
    """A municipality with its CBS code, a postcode range and villages."""

    code: str
    name: str
    postcode: int
    villages: tuple[str, ...]


PLACES = (
    Place("GM0777", "Etten-Leur", 4870, ("Etten-Leur",)),
    Place("GM1655", "Halderberge", 4730, ("Oudenbosch", "Hoeven", "Oud Gastel", "Bosschenhoofd")),
    Place("GM1709", "Moerdijk", 4760, ("Zevenbergen", "Klundert", "Fijnaart", "Willemstad")),
    Place("GM1674", "Roosendaal", 4700, ("Roosendaal", "Wouw", "Nispen", "Heerle")),
    Place("GM0840", "Rucphen", 4710, ("Rucphen", "St. Willebrord", "Sprundel", "Schijf")),
    Place("GM0879", "Zundert", 4880, ("Zundert", "Rijsbergen", "Achtmaal", "Klein Zundert")),
)


COMPANY_FORMS = ("{name} BV", "{name} BV", "{name} BV", "{name} VOF", "{name} Holding BV", "{name} Groep BV")
CARE_FORMS = ("Stichting {name}", "{name} BV")


@dataclass(frozen=True)
class Sector:
    """A line of business: SBI code, words for names, departments with tasks that could be carved out."""

    sbi: str
    nouns: tuple[str, ...]
    departments: tuple[tuple[str, tuple[str, ...]], ...]
    jobs: tuple[str, ...]
    forms: tuple[str, ...] = COMPANY_FORMS


SECTORS = (
    Sector(
        "87901",
        ("Zorg", "Thuiszorg", "Woonzorg"),
        (
            ("keuken", ("afwassen en opruimen", "karren klaarzetten", "voorraad aanvullen")),
            (
                "huiskamer",
                ("koffie en thee rondbrengen", "bedden opmaken", "bewoners begeleiden naar buiten"),
            ),
        ),
        ("gastvrouw", "keukenhulp", "medewerker linnenkamer"),
        CARE_FORMS,
    ),
    Sector(
        "52109",
        ("Logistiek", "Transport", "Opslag"),
        (
            ("magazijn", ("pallets wikkelen", "retouren uitpakken", "etiketten plakken")),
            ("expeditie", ("ladinglijsten klaarleggen", "emballage sorteren", "vloer schoonhouden")),
        ),
        ("orderpicker", "medewerker retouren", "heftruckchauffeur"),
    ),
    Sector(
        "81300",
        ("Groen", "Hoveniers", "Groenvoorziening"),
        (
            ("buitendienst", ("onkruid verwijderen", "zwerfvuil opruimen", "gereedschap onderhouden")),
            ("kwekerij", ("stekken", "potten verplaatsen", "bestellingen klaarzetten")),
        ),
        ("medewerker groen", "hulp kwekerij", "medewerker onderhoud"),
    ),
    Sector(
        "41200",
        ("Bouw", "Aannemers", "Bouwbedrijf"),
        (
            ("werkplaats", ("hout op maat zagen", "kozijnen schuren", "materiaal uitzetten")),
            ("bouwplaats", ("puin afvoeren", "keten schoonmaken", "aanvoer verdelen")),
        ),
        ("opperman", "leerling timmerman", "medewerker werkplaats"),
    ),
    Sector(
        "81210",
        ("Schoonmaak", "Facilitair", "Glasbewassing"),
        (
            ("kantoren", ("afval verzamelen", "sanitair bijvullen", "vergaderzalen klaarzetten")),
            ("depot", ("machines reinigen", "was sorteren", "wagens inruimen")),
        ),
        ("medewerker schoonmaak", "medewerker depot", "medewerker dagdienst"),
    ),
    Sector(
        "10710",
        ("Bakkerij", "Voeding", "Conserven"),
        (
            ("inpak", ("dozen vouwen", "broden inpakken", "kratten spoelen")),
            ("productie", ("platen invetten", "grondstoffen afwegen", "lijn schoonmaken")),
        ),
        ("inpakker", "productiemedewerker", "hulp bakkerij"),
    ),
    Sector(
        "43210",
        ("Installatie", "Elektro", "Techniek"),
        (
            ("voorbereiding", ("kabels knippen", "materiaal per klus verzamelen", "bussen inrichten")),
            ("magazijn", ("retouren testen", "artikelen tellen", "stellingen labelen")),
        ),
        ("hulpmonteur", "magazijnmedewerker", "leerling monteur"),
    ),
    Sector(
        "47110",
        ("Markt", "Winkel", "Groothandel"),
        (
            ("winkel", ("vakken vullen", "kratten sorteren", "prijskaartjes wisselen")),
            ("online bestellingen", ("bestellingen verzamelen", "tassen klaarzetten", "statiegeld tellen")),
        ),
        ("vakkenvuller", "medewerker bestellingen", "kassahulp"),
    ),
    Sector(
        "55101",
        ("Hotel", "Horeca", "Catering"),
        (
            ("huishouding", ("linnen sorteren", "kamers nalopen", "minibar aanvullen")),
            ("bediening", ("tafels dekken", "glazen poleren", "terras klaarzetten")),
        ),
        ("medewerker huishouding", "spoelkeuken", "medewerker ontbijt"),
    ),
    Sector(
        "01131",
        ("Kwekerij", "Tuinbouw", "Boomteelt"),
        (
            ("kas", ("planten op band zetten", "trays wassen", "etiketten steken")),
            ("verwerking", ("sorteren op maat", "fust stapelen", "bestellingen labelen")),
        ),
        ("medewerker kas", "sorteerder", "medewerker boomteelt"),
    ),
)

HOUSE_NAMES = (
    *("Van Aerdenburg", "De Wilgenhoek", "Brakelveld", "Ter Linden", "Van Dorsthout", "De Markdal"),
    *("Roozenveld", "Van Elzakkerbos", "De Turfvaart", "Kromwiel", "Verschuurhof", "De Zandkuil"),
    *("Oosterhagen", "Van Haestrecht", "De Beekrand", "Lindeboog", "Wolfertsen", "De Polderster"),
    *("Zonneveldt", "Van Overdam", "De Klaverweide", "Haverkampen", "Moergestel & Zn", "De Kruiskamp"),
    *("Van Rietbergen", "De Noordwal", "Bleijenveld", "Steenpadt", "Van Zoelendam", "De Suikerhof"),
    *("Akkervoort", "De Vlietpolder", "Van Merodehof", "Heiakker", "Dintelmond", "De Tolbrug"),
    *("Rietveldsen", "Van Ginnekamp", "De Hazelaar", "Schijfhoeve"),
)
STREETS = ("Ambachtstraat", "Industrieweg", "Havenkade", "Molenweg", "Kerkstraat", "Stationslaan", "Beekweg")
INITIALS = "ABCDEFGHIJKLMNPRSTVW"
SURNAMES = (
    *("Aartsenhof", "Bolderman", "Crijnsen", "Dirkzwart", "Eversdal", "Froomans", "Goorleman", "Hopstaken"),
    *("Iersveld", "Jonkhout", "Keldermans", "Luijsterhof", "Maasdonk", "Nagtzaam", "Oomsveld", "Potterdal"),
    *(
        "Quirijnse",
        "Roosenhout",
        "Snepvangh",
        "Tielemaker",
        "Uijtdehaag",
        "Vermunthof",
        "Wagtveld",
        "Zijdeman",
    ),
)
POSITIONS = ("directeur", "HR-adviseur", "bedrijfsleider", "teamleider", "locatiemanager", "planner")
SUMMARIES = (
    "Zoekt {n} mensen voor {department}. Staat open voor mensen die nog moeten leren.",
    "Druk in {department}; er blijft werk liggen. Wil weten wat functiecreatie kan opleveren.",
    "Gesproken over de social-returnverplichting en wat er op het contract meetelt.",
    "Kennisgemaakt en rondgeleid; bij {department} valt werk te verdelen.",
    "Nazorg: het gaat goed op {department}. Begeleider wil een vast aanspreekpunt.",
    "Vraag over subsidie en no-riskpolis. Informatie toegezegd.",
    "Wil meedoen aan de volgende bedrijvenbijeenkomst en een collega-ondernemer meenemen.",
)
NEXT_STEPS = (
    "Voorstel sturen",
    "Terugbellen over het rooster",
    "Kandidaat voorstellen",
    "Informatie over subsidie sturen",
    "Afspraak voor rondgang plannen",
    "Nazorg: bellen met de begeleider",
    "Analyse van de afdeling bespreken",
)
NO_STEP = ("Geen behoefte dit jaar; belt zelf als het verandert.", "Komt terug bij de jaarafspraak.")
CONTRACT_TITLES = (
    "Groenonderhoud wijken {year}",
    "Schoonmaak gemeentelijke gebouwen {year}",
    "Reconstructie {street}",
    "Leerlingenvervoer {year}",
    "Hulp bij het huishouden {year}",
    "Onderhoud riolering {year}",
    "Nieuwbouw brede school {village}",
    "Inzameling textiel en papier {year}",
    "Renovatie sporthal {village}",
    "Catering gemeentehuis {year}",
    "Openbare verlichting {year}",
    "Onderhoud wegen {village}",
)
