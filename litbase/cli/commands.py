"""Every command there is: its name, where it lives, what it does in a line, and which part of the work it serves.

The table is all that `litbase --help` needs, and all that must be known to load one command alone.
"""

from typing import NamedTuple, cast

from .command import Body


class Listed(NamedTuple):
    """A row of the table. `name` holds its groups too: `note add`, `config words add`."""

    name: str
    place: str
    help: str
    part: str

    def load(self) -> Body:
        """The command's function."""
        from importlib import import_module

        module, _, function = self.place.partition(":")
        return cast(Body, getattr(import_module(f"litbase.cli.{module}"), function))


# What a group of commands is about.
GROUPS = {
    "shelf": "The works that come with litbase.",
    "note": "Notes and quotations on a source.",
    "config": "Your settings.",
    "config words": "The words whose capitals in titles you have settled.",
    "backup": "Copies of the library, made, listed, looked into and put back.",
    "share": "One library for several people, on a server.",
    "concept": "The vocabulary that sources are tagged with.",
}

TABLE = (
    Listed("add", "adding:add", "Add sources by DOI, ISBN, PubMed, arXiv or words.", "Keep"),
    Listed("shelf list", "shelving:list_", "List the works that come with litbase.", "Keep"),
    Listed("shelf add", "shelving:add", "Take works over from that shelf.", "Keep"),
    Listed("import", "exchanging:import_", "Import from BibTeX, RIS, CSL-JSON, or an export.", "Keep"),
    Listed("export", "exchanging:export", "Export all or some, whole or for other programs.", "Keep"),
    Listed("edit", "editing:edit", "Correct a source, by field or in your editor.", "Keep"),
    Listed("remove", "editing:remove", "Put sources in the bin.", "Keep"),
    Listed("duplicates", "merging:duplicates", "List sources that may be one work.", "Keep"),
    Listed("merge", "merging:merge", "Unite two sources of one work.", "Keep"),
    Listed("undo", "undoing:undo", "Take back the last step, or several.", "Keep"),
    Listed("history", "undoing:history", "Show what has been done.", "Keep"),
    Listed("refresh", "caring:refresh", "Fetch sources again; show what has changed.", "Keep"),
    Listed("clean", "caring:clean", "Clean kept answers again, without a network.", "Keep"),
    Listed("note add", "notes:add", "Add a note or a quotation to a source.", "Think"),
    Listed("note list", "notes:list_", "List the notes on sources.", "Think"),
    Listed("note edit", "notes:edit", "Change a note, here or in your editor.", "Think"),
    Listed("note remove", "notes:remove", "Remove a note.", "Think"),
    Listed("tag", "concepts:tag", "Tag a source with concepts.", "Think"),
    Listed("untag", "concepts:untag", "Take concepts off a source.", "Think"),
    Listed("concept list", "concepts:list_", "List the vocabulary, as a tree with counts.", "Think"),
    Listed("concept show", "concepts:show", "Show a concept and the sources under it.", "Think"),
    Listed("concept add", "concepts:add", "Add a concept to the vocabulary.", "Think"),
    Listed("concept edit", "vocabulary:edit", "Set what a concept means.", "Think"),
    Listed("concept alias", "vocabulary:alias", "Give a concept other names.", "Think"),
    Listed("concept broader", "vocabulary:broader", "Put a concept under broader ones.", "Think"),
    Listed("concept rename", "vocabulary:rename", "Give a concept another name.", "Think"),
    Listed("concept merge", "vocabulary:merge", "Unite a concept with another.", "Think"),
    Listed("concept remove", "vocabulary:remove", "Take a concept out of the vocabulary.", "Think"),
    Listed("concept suggest", "suggesting:suggest", "Suggest concepts for sources.", "Think"),
    Listed("concept export", "vocabulary:export", "Write the vocabulary to a file.", "Think"),
    Listed("concept import", "vocabulary:import_", "Add the concepts of a file.", "Think"),
    Listed("concept map", "overviewing:map_", "Draw your concepts and what they share.", "Think"),
    Listed("search", "finding:search", "Search by words, concept, author, year and type.", "Find"),
    Listed("list", "finding:list_", "List all sources.", "Find"),
    Listed("show", "finding:show", "Show sources with their notes and concepts.", "Find"),
    Listed("overview", "overviewing:overview", "See the library at a glance.", "Find"),
    Listed("open", "finding:open_", "Open a source's DOI in the browser.", "Find"),
    Listed("cite", "writing:cite", "Write APA in-text citations.", "Write"),
    Listed("refs", "writing:refs", "Write a reference list.", "Write"),
    Listed("check", "checking:check", "Check a draft's citations against its reference list.", "Write"),
    Listed("build", "building:build", "Write out a draft's citations and its reference list.", "Write"),
    Listed("uses", "building:uses", "Show which drafts cite a source, and where.", "Write"),
    Listed("drafts", "building:drafts", "List the drafts that litbase has seen.", "Write"),
    Listed("format", "writing:format_", "Format CSL-JSON, without a library.", "Write"),
    Listed("sentence-case", "titling:sentence_case", "Set titles in sentence case.", "Write"),
    Listed("backup", "safety:backup", "Make a backup now.", "Care"),
    Listed("backup list", "safety:backup_list", "List the backups.", "Care"),
    Listed("backup verify", "safety:backup_verify", "Look into backups: are they whole?", "Care"),
    Listed("backup restore", "safety:backup_restore", "Put a backup in the library's place.", "Care"),
    Listed("site", "publishing:site", "Write a reading list for your blog's resources page.", "Write"),
    Listed("doctor", "safety:doctor", "See whether the library is whole and safe.", "Care"),
    Listed("purge", "safety:purge", "Erase for good what is in the bin.", "Care"),
    Listed("move", "moving:move", "Take the library to a server, or back to a file.", "Care"),
    Listed("sync", "syncing:sync", "Keep a copy in a file and another place alike.", "Care"),
    Listed("share init", "sharing:init", "Make a library on a server ready for members.", "Care"),
    Listed("share invite", "sharing:invite", "Make someone a member.", "Care"),
    Listed("share revoke", "sharing:revoke", "Let someone be a member no more.", "Care"),
    Listed("share whoami", "sharing:whoami", "Say who you are in the library.", "Care"),
    Listed("demo", "showing:demo", "See litbase at work on a library of its own.", "Learn"),
    Listed("tutorial", "teaching:tutorial", "Learn litbase in ten steps, by doing them.", "Learn"),
    Listed("man", "teaching:man", "Show or install the manual page.", "Learn"),
    Listed("config list", "settings:list_", "List your settings.", "Set up"),
    Listed("config get", "settings:get", "Print one setting.", "Set up"),
    Listed("config set", "settings:set_", "Change a setting.", "Set up"),
    Listed("config path", "settings:path", "Print where the settings are kept.", "Set up"),
    Listed("config words add", "settings:words_add", "Settle the capitals of words in titles.", "Set up"),
    Listed("config words list", "settings:words_list", "List the words you have settled.", "Set up"),
    Listed("completion", "settings:completion", "Install completion for your shell.", "Set up"),
)

# The parts in the order of `litbase --help`, and their headings.
PARTS = {
    "Keep": "Keep sources",
    "Think": "Think with them",
    "Find": "Find again",
    "Write": "Write",
    "Care": "Keep it safe",
    "Learn": "Learn",
    "Set up": "Set up",
}


def find(words: list[str]) -> tuple[Listed, list[str]] | None:
    """The command that a line begins with and the rest of the line; None where there is none."""
    for length in (3, 2, 1):
        name = " ".join(words[:length])
        for listed in TABLE:
            if len(words) >= length and listed.name == name:
                return listed, words[length:]
    return None
