"""Who sits where: tokens, seat codes and names. It is kept apart from the log, which has none."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sim.errors import UsageError
from sim.experiments.storage.files import replacing, writing
from sim.room.names import clean_name

# Without letters and digits that look alike.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
ROOM_CODE, SEAT_CODE = 6, 4
SUFFIX = ".people.json"
MOST_WALLS = 5


def new_code(length: int) -> str:
    """A random code that can be read out."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def digest_of(token: str) -> str:
    """What is kept of a token: nobody can sit down with it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@dataclass
class SeatEntry:
    """A person's seat code, name, and digests of the tokens that they were given."""

    code: str
    name: str
    tokens: list[str] = field(default_factory=list)


class SeatBook:
    """The people of a room by number, kept in a file that only the user can read.

    Attributes
    ----------
    room_code
        The code with which people join.
    entries
        The people by number.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.room_code = new_code(ROOM_CODE)
        self.teacher = ""
        self.walls: list[str] = []
        self.entries: dict[str, SeatEntry] = {}
        self._by_token: dict[str, str] = {}
        if path.exists():
            self._load()

    def admit(self, person: str, name: object) -> tuple[str, str]:
        """Enter a person who sits down; returns a token and the seat code."""
        taken = {entry.code for entry in self.entries.values()}
        code = next(c for c in iter(lambda: new_code(SEAT_CODE), None) if c not in taken)
        self._forget_tokens(person)
        self.entries[person] = SeatEntry(code, clean_name(name))
        return self.token_for(person), code

    def keep(self, people: Collection[str]) -> None:
        """Remove everybody else. After a power failure the book may have a person whom the log has
        lost, and whose number the next person gets."""
        for person in self.entries.keys() - set(people):
            self._forget_tokens(person)
            del self.entries[person]

    def _forget_tokens(self, person: str) -> None:
        self._by_token = {t: p for t, p in self._by_token.items() if p != person}

    def token_for(self, person: str) -> str:
        """A new token for somebody who is entered, on another device perhaps."""
        token = secrets.token_urlsafe(16)
        digest = digest_of(token)
        self.entries[person].tokens.append(digest)
        self._by_token[digest] = person
        self.save()
        return token

    def teacher_token(self) -> str:
        """A new token for the console; the earlier one is void."""
        token = secrets.token_urlsafe(16)
        self.teacher = digest_of(token)
        self.save()
        return token

    def wall_token(self) -> str:
        """A new token for a wall; the last few stay valid."""
        token = secrets.token_urlsafe(16)
        self.walls = [*self.walls, digest_of(token)][-MOST_WALLS:]
        self.save()
        return token

    def is_wall(self, token: str) -> bool:
        """Whether a token is a wall's, or the console's."""
        return digest_of(token) in self.walls or self.is_teacher(token)

    def is_teacher(self, token: str) -> bool:
        """Whether a token is the console's."""
        return secrets.compare_digest(digest_of(token), self.teacher)

    def person_with(self, token: str) -> str | None:
        """The person to whom a token was given."""
        return self._by_token.get(digest_of(token))

    def person_by_code(self, code: object) -> str | None:
        """The person with a seat code, in letters of either case."""
        typed = code.strip().upper() if isinstance(code, str) else ""
        return next((p for p, entry in self.entries.items() if entry.code == typed), None)

    def rename(self, person: str, name: object) -> None:
        """Give a person another name, or none."""
        self.entries[person].name = clean_name(name)
        self.save()

    def save(self) -> None:
        """Write the file, whole or not at all."""
        people = {person: asdict(entry) for person, entry in self.entries.items()}
        tokens = {"teacher": self.teacher, "walls": self.walls}
        document = {"room_code": self.room_code, **tokens, "people": people}
        with writing(self.path), replacing(self.path) as part:
            part.chmod(0o600)
            part.write_text(json.dumps(document, indent=1), encoding="utf-8")

    def _load(self) -> None:
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
            self.room_code = document["room_code"]
            self.teacher, self.walls = document["teacher"], list(document["walls"])
            self.entries = {p: SeatEntry(**entry) for p, entry in document["people"].items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{self.path} cannot be read: {error!s:.60}", "delete it; people sit down again"
            ) from None
        tokens = ((t, p) for p, entry in self.entries.items() for t in entry.tokens)
        self._by_token = dict(tokens)


def book_of(log: Path) -> Path:
    """The file with the people of a log."""
    return Path(f"{log}{SUFFIX}")


def forget(log: Path) -> bool:
    """Delete the names and tokens of a room; its log stays, which holds none.

    Returns whether there were any.
    """
    path = book_of(log)
    with writing(path):
        try:
            os.remove(path)
        except FileNotFoundError:
            return False
    return True
