"""What a column's header says: that the numbers below it are moments, or that its moments are none of events."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that mean a date or a point in time, whatever stands beside them.
_POINTS = _words(
    """
    timestamp timestamps ts epoch date dates datetime datetimes instant unixtime eventtime createdat updatedat
    zeitpunkt zeitstempel datum horodatage horodate fecha tijdstip tijdstempel tidpunkt tidsstempel дата
    时间戳 時刻 日期 日時
    """
)
# Words that mean a point in time or a span of it ("response time"): they count where all words beside them are known.
_TIMES = _words(
    """
    time times at when moment unix utc gmt clock created updated modified
    zeit zeiten uhrzeit wann erstellt heure temps quand tiempo hora momento creado ora orario tempo quando horario
    horário tijd czas tid время 时间 時間 시간 समय الوقت
    """
)
_BESIDE = _words(
    """
    event events event's order log local server client first last start begin end creation update modification
    occurred received sent logged started ended finished completed published posted placed ordered paid picked dropped
    pickup dropoff departure arrival ingested inserted added seen deleted closed opened recorded measured observed
    ms us ns s sec secs second seconds millis milliseconds micros microseconds nanos nanoseconds on of the
    """
)
# Words that say that the numbers are something else, whatever stands beside them.
_OTHERS = _words(
    """
    id ids uuid guid key by no nr num number phone tel mobile fax isbn ean gtin upc mmsi imo imei iban zip plz
    bytes size length price amount cost total sum count quantity qty balance duration elapsed taken spent ttl value
    user users name timeout uptime latency delay age lag gap diff difference delta wait interval offset zone timezone
    sk fk pk ref hash code seq
    dauer preis betrag menge nummer prix durée precio importe duración prezzo preço duração prijs
    """
)
# Words of moments that no event of the file happened at: births, and what is still to come.
_ELSEWHEN = _words(
    """
    birth births birthday birthdate birthtime born dob geburt geburtstag geburtsdatum geboren naissance nacimiento
    nascita nascimento geboortedatum expiry expires expire expired expiration expirydate exp valid validity until due
    deadline ablauf ablaufdatum gültig fällig faellig échéance vencimiento scadenza planned scheduled estimated expected
    """
)
# Words that say who or what a row is about, whatever stands beside them; and those that do unless a time is named, too.
_NAMES = _words("id ids uuid guid key by no nr num number name names sk fk pk ref hash code seq email mail login")
_WHO = _words(
    """
    user users customer customers owner owners author authors session sessions device devices person people member
    employee staff agent operator driver rider passenger patient student teacher account accounts buyer seller sender
    recipient receiver contact host hostname machine company shop store city country region category product item title
    nutzer benutzer kunde kunden kundin besitzer autor autorin sitzung gerät konto ort
    utilisateur auteur appareil usuario cliente autore dispositivo gebruiker klant
    """
)


def _words_in(head: str) -> frozenset[str]:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", head.strip())
    return frozenset(word for word in re.split(r"[\W\d_]+", parted.lower()) if word)


def says_time(head: str) -> bool:
    """Whether a header says that the numbers below it are moments of events."""
    words = _words_in(head)
    if words & (_OTHERS | _ELSEWHEN):
        return False
    return bool(words & _POINTS) or (bool(words & _TIMES) and words <= _TIMES | _BESIDE)


def names_time(head: str) -> bool:
    """Whether a header names a point or a span of time at all: of texts it is enough for a first look."""
    return bool(_words_in(head) & (_POINTS | _TIMES))


def remoteness(head: str) -> int:
    """How little a header speaks for moments of events: 2 of who or what, 1 of a birth, an expiry and such, else 0."""
    words = _words_in(head)
    if words & _NAMES or (words & _WHO and not names_time(head)):
        return 2
    return 1 if words & _ELSEWHEN else 0
