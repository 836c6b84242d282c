"""What stands beside a matter: texts, people, messages, links, shares, files."""

from uuid import UUID

from gantang.exchange.api.v1.values import At, Shown


class Text(Shown):
    """A text that came with a step."""

    name: str
    text: str


class StepTexts(Shown):
    """The texts of one step."""

    seq: int
    texts: list[Text]


class Texts(Shown):
    """The texts of all steps that have some."""

    items: list[StepTexts]


class Words(Shown):
    """What a reporter or party said at intake."""

    party: int
    role: str
    at: At
    words: str


class Said(Shown):
    """The own words of everybody who reported."""

    items: list[Words]


class Message(Shown):
    """A message; `from_unit` is null where a reporter or party wrote it."""

    id: UUID
    kind: str
    party: int
    sent_at: At
    from_unit: int | None
    words: str


class Messages(Shown):
    """The talk in order."""

    items: list[Message]


class MaskedField(Shown):
    """A field of a person, masked."""

    name: str
    masked: str


class Person(Shown):
    """A reporter or party, masked. `no` 0 is the reporter."""

    no: int
    role: str
    fields: list[MaskedField]
    anonymous: bool
    has_code: bool
    side: int
    willing: bool | None
    minor: bool


class PersonNo(Shown):
    """The number of a party in its matter."""

    no: int


class People(Shown):
    """Everybody of the matter."""

    items: list[Person]


class Opened(Shown):
    """One field of one person, open for this answer alone."""

    field: str
    value: str


class Link(Shown):
    """A linked matter; its gist is empty where it is out of sight."""

    kind: str
    number: str
    gist: str


class Links(Shown):
    """The linked matters."""

    items: list[Link]


class Share(Shown):
    """A unit that takes part."""

    unit: int
    role: str
    since: At


class Shares(Shown):
    """The units that take part now."""

    items: list[Share]


class Attachment(Shown):
    """A file; its bytes have their own address."""

    id: UUID
    media: str
    size: int
    added_at: At
    public: bool


class Attachments(Shown):
    """The files of a matter."""

    items: list[Attachment]


class Made(Shown):
    """The id of what was written."""

    id: UUID


class HeldContent(Shown):
    """A field of what is held, or a text under its kind."""

    name: str
    text: str


class HeldItem(Shown):
    """Something held about a person: why, on which ground of law, until when (null: no end yet)."""

    number: str
    person: int
    kind: str
    purpose: str
    basis: str
    since: At
    until: At | None
    content: list[HeldContent]


class HeldAbout(Shown):
    """All that is held about a person where the asker's duty reaches."""

    items: list[HeldItem]
