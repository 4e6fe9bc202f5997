"""Which places are near: for finding the employer somebody is visiting, by place name alone."""

from __future__ import annotations

import math
import tomllib
from functools import lru_cache

from crm.core.config import PROJECT_ROOT

FILE = PROJECT_ROOT / "data" / "places.toml"
FAR_KM = 8
MOST = 4
_KM_A_DEGREE = 111.2


def places_near(latitude: float, longitude: float) -> list[str]:
    """Return the names of the places within eight kilometres, the nearest first; at most four.

    Nothing is returned for what is no place on earth: a browser may send anything.
    """
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
        return []
    away = {name: _km(latitude, longitude, *middle) for name, middle in _places().items()}
    near = sorted((km, name) for name, km in away.items() if km <= FAR_KM)
    return [name for _km_away, name in near[:MOST]]


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[float, float]]:
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))["places"]
    return {name: (middle[0], middle[1]) for name, middle in found.items()}


def _is_within(degrees: float, most: int) -> bool:
    return math.isfinite(degrees) and abs(degrees) <= most


def _km(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Return how far two points are apart; the earth is flat enough over a few kilometres."""
    east = (to_longitude - longitude) * math.cos(math.radians(latitude))
    return math.hypot(to_latitude - latitude, east) * _KM_A_DEGREE
