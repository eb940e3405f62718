"""Where a library lies: who may read it, whether its folder is copied elsewhere, and what lies about in it."""

import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from . import backups

# Folders that programs keep in step with other machines, by name, in lower case; and what such programs leave there.
_SYNCHRONISED = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "iclouddrive": "iCloud Drive", "mobile documents": "iCloud Drive",
    "cloudstorage": "a cloud drive", "nextcloud": "Nextcloud", "owncloud": "ownCloud", "google drive": "Google Drive",
    "googledrive": "Google Drive", "my drive": "Google Drive", "box sync": "Box", "pclouddrive": "pCloud",
    "megasync": "MEGA", "seafile": "Seafile", "tresorit": "Tresorit", "proton drive": "Proton Drive",
    "syncthing": "Syncthing", "resilio sync": "Resilio Sync", "spideroak hive": "SpiderOak",
}  # fmt: skip
_MARKS = {
    ".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud", ".seafile-data": "Seafile", ".tmp.drivedownload": "Google Drive",
}  # fmt: skip
# Source: Linux, /proc/mounts, third field; file systems whose locks and fsync reach over a network, if at all.
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afs|9p|ceph|glusterfs|davfs2?|ncpfs|fuse\.(?:sshfs|rclone|davfs2?|s3fs|gvfs\S*)"
)
_OLD = 3600.0  # seconds after which a temporary file is nobody's


def readable_by_others(library: Path, *more: Path) -> list[tuple[Path, int]]:
    """Files and folders of litbase's that others may read or write, and the mode each should have."""
    if os.name == "nt":
        return []
    folders = [backups.folder(library), library.parent / "editing"]
    files = [library, library.with_name("lookups.db"), *more]
    files += [path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()]
    wanted = [*((path, 0o600) for path in files), *((path, 0o700) for path in folders)]
    return [(path, mode) for path, mode in wanted if path.exists() and _mode(path) & 0o077]


def writable_by_others(library: Path) -> bool:
    """Whether others may put files into the library's folder, or take them out."""
    mode = _mode(library.parent)
    return os.name != "nt" and bool(mode & 0o022) and not mode & stat.S_ISVTX


def synchronised(library: Path) -> str:
    """The program that copies the library's folder to other machines; empty where none is known to."""
    for folder in library.resolve().parents:
        # "OneDrive - Practice", "Dropbox (Personal)", "Nextcloud2"
        name = re.split(r"\s*[-(\d]", folder.name.lower(), maxsplit=1)[0].strip()
        for known in (folder.name.lower(), name):
            if known in _SYNCHRONISED:
                return _SYNCHRONISED[known]
        for mark, program in _MARKS.items():
            if (folder / mark).exists():
                return program
    return ""


def network(library: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of network file system the library lies on; empty where it is on none that can be told."""
    place = str(library.resolve())
    if place.startswith("\\\\"):
        return "a network share"
    try:
        rows = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    held = [(_unescaped(row[1]), row[2]) for row in rows if len(row) > 2]
    under = [(point, kind) for point, kind in held if place == point or place.startswith(point.rstrip("/") + "/")]
    kind = max(under, key=lambda mount: len(mount[0]), default=("", ""))[1]
    return kind if _NETWORK.fullmatch(kind) else ""


def leftovers(library: Path) -> list[Path]:
    """Temporary files of litbase's that an interrupted run has left, beside the library and among its backups."""
    pattern = re.compile(r"\." + re.escape(library.name) + r"\.[0-9a-f-]{36}\.new(?:-journal)?")
    return [
        path for path in _files(library.parent, backups.folder(library)) if pattern.fullmatch(path.name) and _old(path)
    ]


def unsaved(library: Path) -> list[Path]:
    """Texts from the editor that were not kept; what was written there is nowhere else."""
    return [path for path in _files(library.parent / "editing") if _old(path)]


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file())


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _OLD


def _mode(path: Path) -> int:
    return path.stat().st_mode


def _unescaped(point: str) -> str:
    """A mount point as /proc/mounts writes it, blanks as octal escapes."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)
