"""How two countries stand to each other, as print says it: `its main ally`, `the rival nation`, `the neighbouring state`. A closed list: what is not in it is refused, so that nothing is said of a country that is not so."""


def _pairs(table: dict[str, str]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((one, other)) for one, others in table.items() for other in others.split())


FRIENDS = _pairs({
    "china": "cambodia cuba laos north-korea pakistan russia vietnam",
    "russia": "belarus cuba iran north-korea syria vietnam",
    "united-states": "australia canada egypt france germany israel italy japan pakistan philippines poland saudi-arabia south-korea taiwan thailand turkey united-kingdom",
    "north-korea": "cuba laos mongolia syria vietnam",
    "united-kingdom": "australia canada france",
    "iran": "iraq syria",
    "india": "bhutan russia",
    "cuba": "venezuela vietnam",
})  # fmt: skip
FOES = _pairs({
    "china": "india japan taiwan united-states vietnam",
    "united-states": "cuba iran north-korea russia syria venezuela vietnam",
    "iran": "iraq israel saudi-arabia",
    "north-korea": "japan south-korea",
    "turkey": "egypt greece syria",
    "israel": "egypt syria",
    "india": "pakistan",
    "russia": "ukraine",
    "armenia": "azerbaijan",
})  # fmt: skip
NEIGHBOURS = _pairs({
    "china": "afghanistan bhutan india japan kazakhstan kyrgyzstan laos mongolia myanmar nepal north-korea pakistan philippines russia south-korea taiwan tajikistan vietnam",
    "india": "afghanistan bangladesh bhutan maldives myanmar nepal pakistan sri-lanka",
    "iran": "afghanistan armenia azerbaijan bahrain iraq kuwait oman pakistan qatar saudi-arabia turkey turkmenistan united-arab-emirates",
    "russia": "azerbaijan belarus estonia finland georgia japan kazakhstan latvia lithuania mongolia north-korea norway poland ukraine",
    "turkey": "armenia bulgaria cyprus georgia greece iraq syria",
    "poland": "belarus czechia germany lithuania slovakia ukraine",
    "egypt": "israel jordan libya palestine saudi-arabia sudan",
    "saudi-arabia": "bahrain iraq jordan kuwait oman qatar united-arab-emirates yemen",
    "syria": "iraq israel jordan lebanon",
    "united-states": "bahamas canada cuba mexico",
    "south-korea": "japan north-korea",
    "vietnam": "cambodia laos",
    "japan": "north-korea taiwan",
    "pakistan": "afghanistan",
})  # fmt: skip
# The words that say how they stand.
RELATED = {
    **dict.fromkeys(("ally", "benefactor", "backer", "patron", "allied"), FRIENDS),
    **dict.fromkeys(("rival", "arch rival", "archrival", "foe", "adversary"), FOES),
    **dict.fromkeys(("neighbour", "neighbor", "neighbouring", "neighboring"), NEIGHBOURS),
}


def stand(words: list[str], one: str | None, other: str | None) -> bool:
    """Whether two countries stand to each other as all of some words say; words that say nothing of that are always true."""
    said = [RELATED[word] for word in words if word in RELATED]
    return not said or (one is not None and other is not None and all({one, other} in pairs for pairs in said))
