"""Servers: from the GPUs needed to the GPUs and servers bought."""

from tco.lines import *

SECTION = "fleet"
PAGE = Page(
    "How many GPUs work, for how long, and how many are bought",
    totals=("gpus_working", "gpus"),
    place=20,
)

whole_servers = Choice(
    "Buy whole servers",
    "flag",
    options=((0, "no: the exact count"), (1, "yes: rounded up to full servers")),
    note="1 rounds the fleet up to full servers.",
)
spares_share = Given(
    "Spares",
    "share",
    least=0,
    most=1,
    note="GPUs bought beyond the working fleet; they do no work.",
    off_by="nothing",
)


_bought = Heading("GPUs at work, GPUs and servers bought")


@line("Working GPUs", "GPU")
def gpus_working(whole_servers, gpus_needed, gpus_per_server):
    """The GPUs that train, in full servers if so chosen."""
    return where(
        picked(whole_servers, 1),
        ceil(gpus_needed / gpus_per_server) * gpus_per_server,
        gpus_needed,
    )


@line("Spare GPUs", "GPU")
def spare_gpus(whole_servers, gpus_working, spares_share, gpus_per_server):
    """GPUs bought to replace failing ones, in full servers if so chosen."""
    return where(
        picked(whole_servers, 1),
        ceil(ceil(gpus_working * spares_share) / gpus_per_server) * gpus_per_server,
        ceil(gpus_working * spares_share),
    )


@line("GPUs bought", "GPU")
def gpus(gpus_working, spare_gpus):
    """Working GPUs and spares."""
    return gpus_working + spare_gpus


@line("Servers at work", "server", exact=True)
def servers_working(gpus_working, gpus_per_server):
    """Working GPUs as servers; a part of a server counts as a part."""
    return gpus_working / gpus_per_server


@check("Whole servers are whole")
def servers_whole(whole_servers, gpus_per_server, gpus):
    """If whole servers are bought, the GPUs fill them."""
    servers = ceil(gpus / gpus_per_server)
    unfilled = whole_servers * difference(servers * gpus_per_server, gpus)
    return below(0, unfilled), text(
        "{} GPUs do not fill {} servers", shown(gpus, "#,##0"), shown(servers, "#,##0")
    )
