"""The name that a person types for a picture's file: which file it means, and what is wrong with it. No widgets."""

from dataclasses import dataclass
from pathlib import Path

from vae_explorer.pictures import suffixes
from vae_explorer.pictures.suffixes import ExportError


@dataclass(frozen=True)
class FileName:
    """A text that was typed, the folder that it is meant in, and the suffixes that the file may have."""

    text: str
    folder: Path
    suffixes: tuple[str, ...]

    @property
    def suffix(self) -> str:
        """The suffix that is asked for, in small letters; nothing where it is none of those."""
        suffix = Path(self.text).suffix.lower()
        return suffix if suffix in self.suffixes else ""

    @property
    def stem(self) -> str:
        """The text without a suffix that tells of a format, also of one that there is not."""
        return self.text[: self.text.rindex(".")] if suffixes.is_known(Path(self.text).suffix.lower()) else self.text

    def path(self, suffix: str) -> Path:
        """The file that is meant: in the folder unless typed otherwise, with that suffix where it has none."""
        path = self.folder / (Path(self.text).expanduser() if self.text.startswith("~/") else self.text)
        try:
            return suffixes.named(path, suffix, self.suffixes)
        except (ExportError, OSError, ValueError):  # which `trouble` tells
            return path

    def trouble(self, path: Path) -> str:
        """Why a picture cannot be saved as that file, as far as one sees before; empty when it can."""
        if not self.text or self.text.endswith(("/", "\\")):
            return "Give the picture a name."
        try:
            if not path.parent.is_dir():
                return f"There is no folder {path.parent}."
            if path.is_dir():
                return f"{path.name} is a folder; choose another name."
            suffixes.checked(path, self.suffixes)
            path.lstat()
        except FileNotFoundError:
            return ""
        except ExportError as error:
            return str(error)
        except (OSError, ValueError) as error:  # a name too long, a folder that may not be searched
            return f"No file can have this name ({getattr(error, 'strerror', None) or error})."
        return ""
