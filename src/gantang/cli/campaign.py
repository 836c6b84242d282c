"""`gantang campaign open|status`: opens a campaign's matters by hand; how far all of them are."""

from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import bar, say

if TYPE_CHECKING:
    from gantang.procedures.types import CampaignView

Number = Annotated[int, typer.Argument(help="专项编号，见 status。 Its number, as status shows it.")]
Batch = Annotated[int, typer.Option(min=1, max=5000, help="一批几件。 Matters in one transaction.")]
SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(no_args_is_help=True, help="专项。 Campaigns.")
    group.callback()(lambda: None)
    group.command("open")(open_one)
    group.command("status")(status)
    app.add_typer(group, name="campaign")


def open_one(campaign: Number, batch: Batch = 1000) -> None:
    """开专项的件；中断了再运行一次接着开，不会重复。 Open its matters, each once."""
    with surroundings.django():
        from gantang.kit import clock
        from gantang.matters import service

        since, added, targets = monotonic(), 0, 0
        with bar(f"开件 … {campaign}") as progress:
            for step in service.open_campaign(campaign=campaign, clock=clock.now, batch=batch):
                progress(step.done, step.targets)
                added, targets = step.added, step.targets
        seconds = monotonic() - since
        say(
            f"新开 opened {added}，已有 there before {targets - added}，共 of {targets}；"
            f"{seconds:.1f} s, {added / max(seconds, 0.001):.0f} 件/秒 matters/s"
        )


def status() -> None:
    """各专项开了多少、报了多少。 How many matters each campaign opened, and how many were reported."""
    with surroundings.django():
        from gantang.procedures import queries as procedures

        found = procedures.campaigns(size=SHOWN)
        if not found:
            say("还没有专项。 No campaign yet.")
        for one in found:
            say(_line(one))


def _line(one: "CampaignView") -> str:
    from gantang.matters import queries

    whole = queries.campaign_totals(one)
    return (
        f"{one.id:>5}  {one.state:<8} {one.since}–{one.until}  "
        f"开 opened {whole.opened}/{one.targets if one.targets is not None else '–'}  "
        f"报 reported {whole.reported}  零 zero {whole.zero}  发现 found {whole.found}  {one.title.zh}"
    )
