"""A library on a server opened, for reading or for one transaction; made or brought up to date where that is due."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from litbase.place import Server
from litbase.store import files
from litbase.store.schema import SCHEMA

from . import schema
from .session import Session, Transaction


def reading(server: Server) -> Session:
    """A session that can only read.

    Raises: NotFound where there is no library; Newer; Damaged; LibraryError.
    """
    session = Session(server)
    try:
        told = schema.found(session)
        schema.refuse_newer(server, told or {}, writing=False)
    except BaseException:
        session.close()
        raise
    if told is not None and int(told["schema"]) >= SCHEMA:
        return session
    session.close()
    if told is None:
        raise files.missing(server)
    with _locked(server) as migrating:
        schema.migrate(migrating)
    return Session(server)


@contextmanager
def writing(server: Server) -> Iterator[Transaction]:
    """One transaction, kept whole when the block ends and not at all when it raises.

    Raises: Locked; Newer; Damaged; LibraryError.
    """
    with _locked(server) as session:
        told = schema.found(session)
        schema.refuse_newer(server, told or {}, writing=True)
        ready = told is not None and int(told["schema"]) == SCHEMA
        if ready:
            session.mark()
            _adopt(session)
            yield session
        else:
            schema.migrate(session)
    if not ready:
        with writing(server) as again:
            yield again


def _adopt(session: Transaction) -> None:
    """Bring one's own private notes along from sources that another member has merged, who could not see them."""
    moved = session.execute(
        "UPDATE note SET source_id = a.source_id FROM source s JOIN citekey_alias a ON a.citekey = s.citekey "
        "WHERE note.source_id = s.id AND s.deleted IS NOT NULL AND note.private = 1 AND note.owner = current_user "
        "RETURNING a.source_id"
    )
    session.texts.put({int(row[0]) for row in moved})


def administering(server: Server) -> AbstractContextManager[Transaction]:
    """One transaction of another kind: its statements change who may do what, and no source.

    Raises: LibraryError.
    """
    return _locked(server)


@contextmanager
def _locked(server: Server) -> Iterator[Transaction]:
    session = Transaction(server, schema.LOCK)
    try:
        session.begin()
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()
