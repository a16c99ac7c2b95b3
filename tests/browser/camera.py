"""Three photos as phones make them: HEIC, rotated, plain; real camera files when they are beside the project."""

import os
from pathlib import Path

from PIL import Image
from pillow_heif import register_heif_opener

ROOT = Path(__file__).parent.parent.parent
REAL = Path(os.environ.get("FIELDWORK_PHOTOS", ROOT.parent / "shared" / "photos"))
NAMES = ("IMG_5195.HEIC", "landscape_6.jpg", "DSCN0010.jpg")


def three(folder: Path) -> list[Path]:
    """Paths of three photos."""
    if all((REAL / name).exists() for name in NAMES):
        return [REAL / name for name in NAMES]
    return drawn(folder)


def drawn(folder: Path) -> list[Path]:
    """Simple pictures in the same three formats."""
    register_heif_opener()
    rotated = Image.Exif()
    rotated[0x0112] = 6
    paths = [folder / name for name in ("drawn.heic", "rotated.jpg", "plain.jpg")]
    Image.new("RGB", (1200, 900), (180, 60, 40)).save(paths[0])
    Image.new("RGB", (1200, 800), (60, 120, 80)).save(paths[1], exif=rotated)
    Image.new("RGB", (800, 600), (60, 80, 140)).save(paths[2])
    return paths
