"""The order of a campaign: one form, few questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gantang.desk.campaigns import EACH, REPEATS
from gantang.faces.picking import Picker
from gantang.procedures import queries as procedures
from gantang.procedures.types import NewCampaign

Pairs = list[tuple[str, str]]
#: How often one round lasts, where it is not repeated: the clock of each matter.
RHYTHMS = [(code, title) for code, title in REPEATS.items() if code]


def _line(label: Any, most: int, *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date"})
    return forms.DateField(label=label, widget=widget)


def _select(label: Any, pairs: Any = (), *, required: bool = True) -> forms.ChoiceField:
    widget = Picker()
    return forms.ChoiceField(label=label, choices=pairs, required=required, widget=widget)


class CampaignForm(forms.Form):
    """What, where, how long, how often."""

    use_required_attribute = False
    title_zh = _line(_("标题"), 120)
    title_en = _line(_("英文标题"), 120)
    procedure = _select(_("做什么"))
    each = _select(_("按什么开件"), [(code, title) for code, title in EACH.items() if code != "unit"])
    ground = _select(_("在哪里"))
    since = _day(_("从哪天起"))
    until = _day(_("到哪天止"))
    rhythm = _select(_("多长一期"), RHYTHMS)
    repeat = forms.BooleanField(label=_("到期自动开下一期"), required=False)
    basis = _line(_("依据"), 200, required=False)

    def __init__(self, *args: Any, kinds: Pairs, grounds: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].choices = kinds  # type: ignore[attr-defined]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        self.fields["rhythm"].initial = "weekly"

    def campaign(self) -> NewCampaign:
        """As `procedures` takes it; the class is the one that the procedure serves."""
        from gantang.kit import clock

        given = self.cleaned_data
        procedure = procedures.named(given["procedure"], "", clock.now())
        return NewCampaign(
            title_zh=given["title_zh"],
            title_en=given["title_en"],
            procedure=given["procedure"],
            klass=procedure.serves[0].removesuffix(".*"),
            each=given["each"],
            since=given["since"],
            until=given["until"],
            grounds=(given["ground"],),
            repeat=given["rhythm"] if given["repeat"] else "",
            answers={"rhythm": given["rhythm"]} if "rhythm" in procedure.form.fields else {},
            basis=given["basis"],
        )
