"""Where the pictures lie: originals and derivatives by the hash of the original, in the one store of the house."""

from fieldwork.core.storage import Storage
from fieldwork.photos.derivatives import SIZES
from fieldwork.photos.models import READY, Photo

_stores: list[Storage] = []


def use(store: Storage) -> None:
    """Keep pictures in this store from now on; called once, at start."""
    _stores[:] = [store]


def store() -> Storage:
    """The store in use."""
    return _stores[0]


def original_key(sha256: str) -> str:
    """Where the original lies."""
    return f"originals/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def derived_key(sha256: str, size: int) -> str:
    """Where the derivative of this size (320, 1280 or 2400 px) lies."""
    return f"derived/{size}/{sha256[:2]}/{sha256[2:4]}/{sha256}.jpg"


def covered_key(sha256: str, size: int, mosaic_key: str) -> str:
    """Where the derivative of this size lies in which the boxes of this mosaic are covered."""
    return f"{_covered_folder(sha256, size)}{sha256}-{mosaic_key}.jpg"


def covered_keys(sha256: str, size: int) -> list[str]:
    """Where covered derivatives of this size lie, whatever the boxes."""
    folder = _covered_folder(sha256, size)
    return [key for key in store().keys(folder) if key.startswith(f"{folder}{sha256}-")]


def _covered_folder(sha256: str, size: int) -> str:
    return f"redacted/{size}/{sha256[:2]}/{sha256[2:4]}/"


def are_held(photo: Photo) -> bool:
    """Whether the original is there, and of a photo that is ready all its derivatives."""
    derivatives = [derived_key(photo.sha256, size) for size in SIZES] if photo.state == READY else []
    return has_original(photo) and all(store().exists(key) for key in derivatives)


def has_original(photo: Photo) -> bool:
    """Whether the original is there, with as many bytes as it had; its content is not read."""
    try:
        return store().size(original_key(photo.sha256)) == photo.size_bytes
    except FileNotFoundError:
        return False


def derived(sha256: str, size: int) -> bytes:
    """The JPEG of this size."""
    return store().read(derived_key(sha256, size))
