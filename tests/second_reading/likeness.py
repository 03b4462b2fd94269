"""Keys that references almost match (section 3 of the contract)."""

import re
import unicodedata

from tests.second_reading.cells import blank

LOOKALIKES = str.maketrans("АВЕКМНОРСТХавеорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧÐðѕіј", "ABEKMHOPCTXabeopcyxABEZHIKMNOPTYXĐđsij")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def plain(key: str) -> str:
    """A key without all in which one that is near it may differ."""
    text = unicodedata.normalize("NFKC", key).translate(LOOKALIKES).translate(DASHES).lower().translate(LOOKALIKES)
    text = "".join(sign for sign in text if not blank(sign))
    text = re.sub(r"(?<![0-9])[-_./]|[-_./](?![0-9])", "", text)
    text = re.sub(r"(?<=[0-9])\.0$", "", text)
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", text)
