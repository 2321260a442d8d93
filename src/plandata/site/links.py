"""Row ids that hand-written pages name become links to their rows."""

import re

from plandata.site.edition import Edition

NAMED = re.compile(r"<code>([a-z0-9]+(?:[-.][a-z0-9]+)+)</code>")


def addresses(edition: Edition) -> dict[str, str]:
    """Where each row stands, below the language's root.

    >>> from plandata.package import open_package
    >>> found = addresses(Edition(open_package()))
    >>> all(address.startswith("plans/") for address in found.values() if "#" not in address)
    True
    """
    found = {plan: f"plans/{plan}/" for plan in edition.plans}
    found |= {domain: f"plans/{row['plan_id']}/#{domain}" for domain, row in edition.domains.items()}
    found |= {item: f"plans/{row['plan_id']}/#{item}" for item, row in edition.items.items()}
    found |= {row["target_id"]: f"plans/{row['plan_id']}/#{row['target_id']}" for row in edition.targets}
    found |= {unit: f"places/{row['place_id']}/#{unit}" for unit, row in edition.units.items()}
    found |= {row["anomaly_id"]: f"quality/#{row['anomaly_id']}" for row in edition.anomalies}
    return found | {indicator: f"compare/#{indicator}" for indicator in edition.indicators}


def with_links(html: str, known: dict[str, str], up: str) -> str:
    """HTML whose ids in code link to their rows; up is the way to the language's root.

    >>> with_links("<code>a-2021.a01</code> <code>b-c</code>", {"a-2021.a01": "quality/#a-2021.a01"}, "../")
    '<a href="../quality/#a-2021.a01"><code>a-2021.a01</code></a> <code>b-c</code>'
    """

    def link(named: re.Match[str]) -> str:
        address = known.get(named[1])
        return f'<a href="{up}{address}">{named[0]}</a>' if address else named[0]

    return NAMED.sub(link, html)
