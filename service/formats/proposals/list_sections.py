"""The sections for a sheet that lists members or other records."""

from __future__ import annotations

from service.formats.identities.nodes import BY_NAME
from service.formats.proposals.account_managers import add_account_managers
from service.formats.proposals.column_texts import attribute_name
from service.formats.proposals.list_subjects import OWN_SLOT
from service.formats.proposals.profiles import SheetColumn
from service.formats.proposals.record_sections import RecordSections
from service.formats.proposals.related_sections import RelatedSections
from service.formats.proposals.row_kinds import ORGANISATION, kind_of_row
from service.formats.proposals.sections import DraftSection, SheetDraft
from service.formats.proposals.subjects import Subject
from service.formats.proposals.words import kind_meaning, kind_source, role_source
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import LABELS, TABLES
from service.vocabulary import NODES
from service.vocabulary.kind_words import member_meaning

EVENTS = TABLES.keys() - set(BY_NAME)  # a name does not tell two of them apart


class ListSections:
    """Puts together the sections of one list."""

    def __init__(self, draft: SheetDraft, subject: Subject) -> None:
        self.draft, self.subject = draft, subject
        self.profile = draft.profile

    def build(self) -> None:
        subject = self.subject
        section = self.add_subject()
        records = RecordSections(self.draft, subject)
        if subject.table == "members":
            self.add_kind(section)
            related = RelatedSections(self.draft, subject)
            related.add_related(section)
            related.add_own_firm(section)
        elif subject.table == "contracts":
            records.add_parties(section)
        else:
            records.add_links(section)
            records.add_states(section)
        add_account_managers(self.draft, section)
        self.draft.take_fields(section)
        records.add_draft_states(section)
        self.draft.take_attributes(section)

    def add_subject(self) -> DraftSection:
        subject, draft = self.subject, self.draft
        kinds = [kind_of_row(subject, row) for row in self.profile.rows]
        classes = [NODES[LABELS.get(kind) or TABLES[kind]] for kind in kinds]
        section = draft.add(subject.table, list(classes))
        names = [column.name for column in subject.name]
        if names:
            label = "title" if subject.table == "contracts" else "name"
            section.cells[label] = CellSource(tuple(names))
            if len(names) == 1:
                section.cells[label] = draft.names(subject.name[0])
        for column in subject.name:
            draft.use(column, f"the name of the {noun(subject)}")
        if key := self.profile.at("key"):
            section.cells["key"] = CellSource((key.name,))
            draft.use(key, "`key`: your own keys")
        self.add_id(section)
        return section

    def add_id(self, section: DraftSection) -> None:
        """The column with what the file calls its lines."""
        if "key" in section.cells:
            return
        column = self.draft.known.id_columns.get(self.profile.sheet.file)
        if column and column not in self.subject.name:
            self.draft.remark("other sheets mean the lines by it", column.name)
        if column is None and section.table in EVENTS:
            column = self.number_column(section.table)
            if column:
                self.draft.remark("the lines are recognised by it", column.name)
        section.id = column.name if column else None

    def number_column(self, table: str) -> SheetColumn | None:
        """The numbers that the source gives to its lines, such as those of a CRM."""
        columns = self.profile.columns.values()
        ids = [c for c in columns if "id" in c.meaning.slots and not c.is_index]
        owners = (None, OWN_SLOT.get(table))
        own = [c for c in ids if c.is_unique and c.meaning.owner in owners]
        return own[0] if own else None

    def add_kind(self, section: DraftSection) -> None:
        subject, draft = self.subject, self.draft
        if subject.kinds:
            source = kind_source(subject.kinds, draft.answers.kind or ORGANISATION)
            section.cells["kind"] = draft.spell(source, subject.kinds)
            draft.use(subject.kinds, "the kind of member, by its words")
            unknown = [word for word in subject.kinds.values if not kind_meaning(word)]
            if unknown:
                self.keep_unknown(section, subject.kinds, unknown)
        else:
            kind = subject.kind or draft.answers.kind or ORGANISATION
            section.cells["kind"] = CellSource(value=kind)
        self.add_roles(section)

    def add_roles(self, section: DraftSection) -> None:
        """The roles that words say, in a column of theirs or in that of the kinds."""
        subject, draft = self.subject, self.draft
        own = self.profile.at("roles")
        columns = dict.fromkeys(filter(None, (subject.kinds, own)))
        every = [column for column in columns if role_source([column])]
        source = role_source(every) if every else None
        if source is None:
            if subject.role:
                section.cells["roles"] = CellSource(value=subject.role)
            return
        for column in every:
            source = draft.spell(source, column)
            if column is not subject.kinds:
                draft.use(column, "`roles`, by its words")
        unknown = [word for word in source.words if not member_meaning(word)]
        if unknown and own in every and own is not subject.kinds:
            self.keep_unknown(section, own, unknown)
        section.cells["roles"] = source

    def keep_unknown(
        self, section: DraftSection, column: SheetColumn, words: list[str]
    ) -> None:
        section.cells[attribute_name(column)] = CellSource((column.name,))
        texts = ", ".join(sorted(words)[:3])
        text = f"kept as an extra attribute too, for words that we do not know: {texts}"
        self.draft.remark(text, column.name)


def noun(subject: Subject) -> str:
    if subject.table == "members":
        return (subject.kind or "member").lower()
    return TABLES[subject.table].lower()
